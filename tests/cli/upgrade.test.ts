import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { merge } from '../../server/development/upgrade/merge.ts';
import { follow } from '../../server/development/upgrade/upgrade.ts';
import { playGit } from '../kit/played-git.ts';

// tests/long/init.test.ts upgrades a service.
function aRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'charter-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  const commit = (files: Record<string, string | undefined>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      if (text === undefined) rmSync(join(folder, file));
      else writeFileSync(join(folder, file), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '-m', 'x');
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, commit };
}

it('conflicts are told in every language; of generated files the newer side is taken, also where it has none', async () => {
  const { folder, git, commit } = aRepository();
  const [page, client, mine] = [
    'docs/graphql-examples.md',
    'client/generated/x.ts',
    'contract/x.ts',
  ];
  const from = commit({ [page]: 'old\n', [client]: 'old\n', [mine]: 'old\n' });
  const newer = commit({ [page]: 'new\n', [client]: undefined, [mine]: 'new\n' });
  git('checkout', '--quiet', from);
  commit({ [page]: 'ours\n', [client]: 'ours\n', [mine]: 'ours\n' });
  playGit(
    'case "$*" in cherry-pick*) git "$@" >/dev/null 2>&1; s=$?; echo KONFLIKT; exit $s ;; esac',
  );
  expect(await merge(folder, newer)).toEqual([mine]);
  expect(readFileSync(join(folder, page), 'utf8')).toBe('new\n');
  expect(existsSync(join(folder, client))).toBe(false);
  expect(git('diff', '--name-only', '--diff-filter=U')).toBe(mine);
});

it('what is no conflict is a failure', async () => {
  const { folder, commit } = aRepository();
  commit({ 'contract/x.ts': 'old\n' });
  await expect(merge(folder, 'no-such-commit')).rejects.toThrow('no-such-commit');
});

it('a merge whose result does not pass is told, and stays done', async () => {
  const { folder } = aRepository();
  expect(await follow(folder, () => {})).toContain('client/generate/main.ts failed');
});
