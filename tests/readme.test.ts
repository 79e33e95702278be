import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { contract } from '../contract/index.ts';
import { operationsOf } from '../contract/kit/operations.ts';
import { service } from '../contract/service.ts';
import { changelogFile, readChangelog } from '../server/cli/contract/changelog.ts';
import { settingNames } from '../server/config/config.ts';
import { useApp } from './kit/app.ts';
import { createPerson } from './kit/callers.ts';

const app = useApp();
const root = fileURLToPath(new URL('..', import.meta.url));

it('the script in the README runs as it stands there', async () => {
  const administrator = await createPerson(app, { roles: ['admin'] });
  const script = replaced(scriptOf(read('README.md')), {
    './client/index.ts': '../client/index.ts',
    'http://localhost:3000': app.url,
    'ada@example.com': administrator.email,
    'correct horse battery staple': administrator.password,
  });
  const folder = join(root, '.charter');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `first-call-${randomUUID()}.ts`);
  await writeFile(file, script);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    const [created, ...usernames] = stdout.trim().split('\n');
    expect(created).toBe('Created grace.');
    expect(sorted(usernames)).toEqual(sorted(['grace', administrator.username]));
  } finally {
    await rm(file);
  }
});

it('every link between documents leads to a file and to a heading in it', () => {
  const broken = documents().flatMap((from) =>
    linksOf(read(from))
      .filter((link) => !leadsSomewhere(from, link))
      .map((link) => `${from} → ${link}`),
  );
  expect(broken).toEqual([]);
});

it('no document keeps both sides of a merge', () => {
  const marked = documents().filter((path) => /^(<{7}|>{7}) /m.test(read(path)));
  expect(marked).toEqual([]);
});

it('docs/configuration.md has a row for each setting, and no other', () => {
  const rows = [...read('docs/configuration.md').matchAll(/^\| `([A-Z\d_]+)` /gm)];
  expect(sorted(rows.map(([, name = '']) => name))).toEqual(sorted(settingNames));
});

it('.env.example lists each setting once, and none is switched on', () => {
  const lines = read('.env.example').split('\n');
  const names = lines.flatMap((line) => /^# ([A-Z\d_]+)=/.exec(line)?.[1] ?? []);
  expect(sorted(names)).toEqual(sorted(settingNames));
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

it('docs/decisions/dependencies.md gives each dependency in its version, and no other', () => {
  const page = read('docs/decisions/dependencies.md');
  const rows = [...page.matchAll(/^\| ([@\w/.-]+) +\| (\d\S*) +\| \S/gm)];
  const installed = [
    'package.json',
    'client/package.json',
    'tests/checks/package.json',
    'tests/checks/frontend/package.json',
    'tests/checks/prism/package.json',
    'tests/checks/runtimes/package.json',
    'tests/bench/package.json',
  ].flatMap(dependenciesOf);
  expect(sorted(rows.map(([, name, version]) => `${name} ${version}`))).toEqual(sorted(installed));
});

it('docs/security.md names each operation that is exact, and no other', () => {
  const [, list = ''] = /^`exact` stands on ([\s\S]*?)\.\n\n/m.exec(read('docs/security.md')) ?? [];
  const exact = operationsOf(contract).filter(({ access }) => 'exact' in access);
  const names = [...list.matchAll(/`(.+?)`/g)].map(([, name = '']) => name);
  expect(sorted(names)).toEqual(sorted(exact.map(({ name }) => name)));
});

it('everything that tells the version tells the one in package.json', () => {
  const [, status] = /^Version ([\d.]+\d)/m.exec(read('README.md')) ?? [];
  const shown = documents().flatMap((path) => [...read(path).matchAll(/"version": "(.+?)"/g)]);
  const told = [status, ...shown.map(([, version]) => version)];
  expect(told).toEqual(told.map(() => versionIn('package.json')));
});

it('everything that tells the version of the contract tells the newest of its changelog', () => {
  const { info } = JSON.parse(read('docs/openapi.json')) as { info: { version: string } };
  const { entries } = readChangelog(read(changelogFile));
  // A service that was made of this one has released nothing yet.
  const newest = entries[0]?.version ?? service.apiVersion;
  expect([service.apiVersion, info.version, versionIn('client/package.json')]).toEqual([
    newest,
    newest,
    newest,
  ]);
  const dates = entries.map(({ date }) => date);
  expect(dates).toEqual(dates.toSorted().reverse());
});

function versionIn(path: string): string {
  return (JSON.parse(read(path)) as { version: string }).version;
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function scriptOf(readme: string): string {
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
  return blocks.find((text) => text.includes('createClient(')) ?? '';
}

function replaced(text: string, replacements: Record<string, string>): string {
  return Object.entries(replacements).reduce((result, [from, to]) => {
    expect(result).toContain(from);
    return result.replaceAll(from, to);
  }, text);
}

function documents(): string[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return ['README.md', 'client/README.md', ...pages];
}

function linksOf(text: string): string[] {
  const withoutCode = text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, 'code');
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headingsOf(read(target)).includes(heading);
}

/** The anchors that GitHub gives to headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function dependenciesOf(path: string): string[] {
  const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  return kinds
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
    .map(([name, version]) => `${name} ${version.replace(/^npm:.+@/, '')}`);
}
