import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Case, NodeTypes } from './matrix.ts';
import { callsOfAll } from './operations.ts';

const run = promisify(execFile);
const checks = fileURLToPath(new URL('..', import.meta.url));
const installed = join(checks, 'node_modules');

/** What a consumer installs beside the client. */
const packages = [
  '@cloudflare/workers-types',
  'data-uri-to-buffer',
  'fetch-blob',
  'formdata-polyfill',
  'node-domexception',
  'node-fetch',
  'undici',
  'web-streams-polyfill',
];

/** Somebody's project outside of the repository, so that nothing is found by looking upwards. */
export async function makeProject(nodeTypes: NodeTypes): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charter-types-'));
  const modules = join(folder, 'node_modules');
  await cp(join(checks, 'types/consumer'), folder, { recursive: true });
  await writeFile(join(folder, 'operations.ts'), callsOfAll(await document()));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of packages) await copyPackage(name, join(modules, name));
  await copyPackage('undici-types', join(modules, 'undici-types'));
  // Brings the `undici-types` that it wants, where that is another one.
  await copyPackage(nodeTypes, join(modules, '@types/node'));
  await unpackClient(join(modules, '@charter/client'));
  return folder;
}

function copyPackage(name: string, to: string): Promise<void> {
  return cp(join(installed, name), to, { recursive: true });
}

/** As `npm install` does it with the tarball. */
async function unpackClient(to: string): Promise<void> {
  const packed = join(checks, '.output/client');
  const [tarball] = (await readdir(packed)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`${packed} holds no tarball: npm run pack:client`);
  await mkdir(to, { recursive: true });
  await run('tar', ['-xzf', join(packed, tarball), '-C', to, '--strip-components=1']);
}

async function document() {
  return JSON.parse(await readFile(join(checks, '../../docs/openapi.json'), 'utf8'));
}

/** What the compiler has to say against a case; nothing when all is well. */
export async function complaints(project: string, at: number, each: Case): Promise<string> {
  const config = join(project, `tsconfig.${at}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions: each.options, files: each.files }));
  const tsc = join(installed, `typescript-${each.typescript}`, 'bin/tsc');
  return saidBy(project, [tsc, '--pretty', 'false', '-p', config]);
}

export function called(project: string): Promise<string> {
  return saidBy(project, ['calling.mjs']);
}

/** Of these, `check:entries` calls what there is. */
const ofOthers = ['tanstack.js', 'msw.js', 'session-cookie.js'];

/** Exported functions that the consumer does not call: what is not used is not proven. */
export async function untouched(project: string): Promise<string> {
  const dist = join(project, 'node_modules/@charter/client/dist');
  const files = (await readdir(join(dist, 'generated'))).filter((name) => name.endsWith('.js'));
  const entries = files.filter((name) => !ofOthers.includes(name));
  const paths = ['index.js', ...entries.map((name) => `generated/${name}`)];
  const modules = await Promise.all(paths.map((path) => import(join(dist, path))));
  const sources = ['calls.ts', 'operations.ts'].map((name) =>
    readFile(join(project, name), 'utf8'),
  );
  const text = (await Promise.all(sources)).join();
  const names = modules.flatMap((module: object) => Object.keys(module));
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text)).join('\n');
}

function saidBy(cwd: string, args: readonly string[]): Promise<string> {
  return run(process.execPath, args, { cwd }).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}
