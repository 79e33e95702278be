import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CannotUpgrade } from '../../server/development/upgrade/cannot-upgrade.ts';
import { upgrade } from '../../server/development/upgrade/upgrade.ts';

// A tiny baseline with a maker of its own; tests/long/init.test.ts upgrades the real one.
const maker = `
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
const product = JSON.parse(process.argv[2]);
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
for (const file of ['prose.md', 'docs/openapi.json']) {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Baseline', product.title));
}
writeFileSync('.baseline.json', JSON.stringify({ ...product, commit }));
`;
const writer = "import { appendFileSync } from 'node:fs'; appendFileSync('ran.txt', 'again\\n');";

/** Ten lines, so that changes of different ones meet nowhere. */
const prose = (changes: Record<number, string> = {}, title = 'Baseline') =>
  Array.from({ length: 10 }, (_, n) => `${changes[n] ?? `${title} says ${n}`}\n`).join('');

function aRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'charter-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  const git = (...args: string[]) =>
    execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' }).trim();
  const write = (files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  };
  const commit = (files: Record<string, string>) => {
    write(files);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'x');
    return git('rev-parse', 'HEAD');
  };
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  git('init', '--quiet');
  return { folder, git, write, commit, read };
}

/** A service called Ours, and a newer baseline beside it. */
function aService(newer: Record<string, string>) {
  const repository = aRepository();
  const { git, commit, folder } = repository;
  const old = commit({
    '.gitignore': 'node_modules/\n',
    'prose.md': prose(),
    'docs/openapi.json': 'Baseline 1\n',
    'package-lock.json': '1\n',
    'server/development/init/main.ts': maker,
    'client/generate/main.ts': writer,
    'server/cli/write-pages.ts': writer,
  });
  const to = commit(newer);
  git('checkout', '--quiet', '-b', 'service', old);
  execFileSync(process.execPath, ['server/development/init/main.ts', '{"title":"Ours"}'], {
    cwd: folder,
  });
  const biome = 'node_modules/@biomejs/biome/bin/biome';
  commit({ 'mine.md': 'Ours\n', [biome]: '' });
  const run = (target = to) => upgrade(folder, target, () => undefined);
  return { ...repository, old, to, run };
}

it('brings what changed, in the words of the service, and says what to decide', async () => {
  const newer = { 'prose.md': prose({ 1: 'Baseline tells more' }), 'new.md': 'new\n' };
  const { run, read, old, to, git, commit } = aService(newer);
  commit({ 'prose.md': prose({ 8: 'Ours has a line' }, 'Ours') });
  expect(await run()).toEqual({ from: old, to, conflicts: [], mustInstall: false });
  const both = { 1: 'Ours tells more', 8: 'Ours has a line' };
  expect(read('prose.md')).toBe(prose(both, 'Ours'));
  expect([read('new.md'), read('mine.md')]).toEqual(['new\n', 'Ours\n']);
  expect(JSON.parse(read('.baseline.json'))).toEqual({ title: 'Ours', commit: to });
  expect(read('ran.txt')).toBe('again\nagain\n');
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

it('leaves to somebody what both sides changed, and what is generated to the generator', async () => {
  const newer = {
    'prose.md': prose({ 4: 'Baseline says four' }),
    'docs/openapi.json': 'Baseline 2\n',
    'package-lock.json': '2\n',
  };
  const { run, read, commit } = aService(newer);
  commit({
    'prose.md': prose({ 4: 'Ours says IV' }, 'Ours'),
    'docs/openapi.json': 'Ours 1, and mine\n',
  });
  expect(await run()).toMatchObject({ conflicts: ['prose.md'], mustInstall: true });
  expect(read('prose.md')).toMatch(
    /<<<<<<< [\s\S]*Ours says IV\n=======\nOurs says four\n>>>>>>> /,
  );
  expect(read('docs/openapi.json')).toBe('Ours 2\n');
});

it('refuses what it could not take back, and what leads nowhere', async () => {
  const { run, old, to, write, git, commit } = aService({ 'new.md': 'new\n' });
  const refusal = (target?: string) =>
    run(target).then(
      () => 'nothing',
      (error: Error) => (error instanceof CannotUpgrade ? error.message : error),
    );
  expect(await refusal('nowhere')).toContain('git knows no nowhere');
  expect(await refusal(old)).toContain(`stands on ${old} already`);
  git('checkout', '--quiet', '--orphan', 'other');
  const other = commit({ 'other.md': 'x\n' });
  git('checkout', '--quiet', 'service');
  expect(await refusal(other)).toContain('does not come after');
  write({ 'mine.md': 'half\n' });
  expect(await refusal(to)).toContain('changes that are not committed');
  const empty = aRepository();
  empty.commit({ 'a.md': 'a\n' });
  await expect(upgrade(empty.folder, 'HEAD', () => undefined)).rejects.toThrow(
    'There is no .baseline.json',
  );
});
