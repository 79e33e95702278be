import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run-script.ts';
import type { Origin } from './origin.ts';

const maker = 'server/development/init/main.ts';

/**
 * The tree of a commit of the baseline, as it would be had this service been made from it: each commit
 * brings along what makes services of it.
 */
export async function renamedTree(root: string, commit: string, origin: Origin): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'upgrade-'));
  const folder = join(parent, 'baseline');
  const git = (...args: string[]) => run(folder, 'git', args);
  await run(root, 'git', ['worktree', 'add', '--quiet', '--detach', folder, commit]);
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await run(folder, process.execPath, [maker, JSON.stringify(origin)]);
    await rm(join(folder, 'node_modules'));
    await git('add', '--all');
    return (await git('write-tree')).trim();
  } finally {
    await run(root, 'git', ['worktree', 'remove', '--force', folder]);
    await rm(parent, { recursive: true, force: true });
  }
}
