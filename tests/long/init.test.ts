import { execFile } from 'node:child_process';
import {
  access,
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=2', '--retry=2'];

/** What is committed here, cloned, with what is installed beside it. */
async function aClone() {
  const folder = await mkdtemp(join(tmpdir(), 'charter-init-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await run('git', ['clone', '--quiet', root, folder]);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  // A link is no folder, which is all that `.gitignore` names.
  await appendFile(join(folder, '.git/info/exclude'), '/node_modules\n');
  const options = { cwd: folder, maxBuffer: 2 ** 26 };
  const git = async (...args: string[]) => {
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    return (await run('git', [...who, ...args], options)).stdout.trim();
  };
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  /** What one of our programs says, if it fails. */
  const failureOf = (...script: string[]) =>
    run(process.execPath, script, options).then(
      () => '',
      ({ stdout, stderr }) => `${script.join(' ')}\n${stdout}\n${stderr}`,
    );
  return { folder, git, commit, failureOf };
}

it('a clone becomes a service whose checks and tests pass, and goes on getting what the baseline gets', async () => {
  const { folder, git, commit, failureOf } = await aClone();
  const name = 'zeppelin';
  const main = 'server/cli/main.ts';
  // Data of development, which is nobody's code.
  await mkdir(join(folder, '.charter'));
  await writeFile(join(folder, '.charter/odd.json'), '{ charter');
  expect(await failureOf(main, 'init', name, '--title', 'Zeppelin Desk')).toBe('');
  await expect(access(join(folder, '.charter'))).rejects.toThrow('ENOENT');
  await commit('The service begins');
  expect(await failureOf(main, 'init', name)).toContain("unknown command 'init'");
  for (const script of [
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
    ['node_modules/typescript/bin/tsc'],
    vitest,
  ]) {
    expect(await failureOf(...script)).toBe('');
  }

  expect(await failureOf(main, 'generate', 'feature', 'voyages')).toBe('');
  const ours = await commit('A feature of our own');
  expect(await git('ls-files', 'migrations/1000_voyages.ts')).not.toBe('');

  const newer = await aNewerBaseline(folder, git, commit);
  await git('checkout', '--quiet', ours);
  expect(await failureOf(main, 'upgrade', newer)).toBe('');
  const changed = (await git('diff', '--name-only', 'HEAD')).split('\n').sort();
  const later = expect.stringMatching(/^migrations\/0\d+_later\.ts$/);
  expect(changed).toEqual(['.baseline.json', 'docs/audit.md', later]);
  expect(await readFile(join(folder, 'docs/audit.md'), 'utf8')).toMatch(/^# Of Zeppelin Desk\n/);
  expect(await failureOf(main, 'upgrade', newer)).toContain('changes that are not committed');
  await commit('Upgraded');
  expect(await failureOf(main, 'upgrade', newer)).toContain('stands on');
  expect(await failureOf('node_modules/typescript/bin/tsc')).toBe('');
  const named = ['tests/features/voyages', 'tests/platform/db/migrate.test.ts'];
  expect(await failureOf(...vitest, ...named)).toBe('');
});

/** A commit of the baseline beside the service: another heading, and a migration. */
async function aNewerBaseline(
  folder: string,
  git: (...args: string[]) => Promise<string>,
  commit: (message: string) => Promise<string>,
): Promise<string> {
  const origin = JSON.parse(await readFile(join(folder, '.baseline.json'), 'utf8'));
  await git('checkout', '--quiet', origin.commit);
  const page = join(folder, 'docs/audit.md');
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace(/^# .*/, '# Of Charter'));
  const number = (await git('ls-files', 'migrations')).split('\n').length + 1;
  const migration = `migrations/${String(number).padStart(4, '0')}_later.ts`;
  const nothing = ['up', 'down'].map(
    (what) => `export async function ${what}(): Promise<void> {}\n`,
  );
  await writeFile(join(folder, migration), nothing.join('\n'));
  return commit('A newer baseline');
}
