import { format, regenerate, run } from '../run-script.ts';
import { CannotUpgrade } from './cannot-upgrade.ts';
import { merge } from './merge.ts';
import { type Origin, originFile, readOrigin } from './origin.ts';
import { renamedTree } from './renamed-tree.ts';

export interface Upgraded {
  readonly from: string;
  readonly to: string;
  /** Files that both sides changed in one place: somebody decides. */
  readonly conflicts: readonly string[];
  /** The dependencies changed: what is installed is not what is asked for. */
  readonly mustInstall: boolean;
  /** What kept generated files and format from following; the merge is done all the same. */
  readonly unfinished?: string | undefined;
}

/**
 * Brings what the baseline changed since into the working tree, uncommitted: a merge of three, of which
 * two are the baseline in the words of this service. So no word is a conflict.
 */
export async function upgrade(
  root: string,
  target: string,
  say: (line: string) => void,
): Promise<Upgraded> {
  const origin = readOrigin(root);
  const to = await assertReady(root, origin, target);
  const from = origin.commit;
  say('Renaming the baseline that this service stands on …');
  const before = await commitOf(root, await renamedTree(root, from, origin), `Baseline ${from}`);
  say('Renaming the newer baseline …');
  const tree = await renamedTree(root, to, origin);
  const after = await commitOf(root, tree, `Baseline ${to}`, before);
  say('Merging …');
  const conflicts = await merge(root, after);
  const changed = await run(root, 'git', [
    'diff',
    '--name-only',
    'HEAD',
    '--',
    'package-lock.json',
  ]);
  const mustInstall = changed !== '';
  const isReady = conflicts.length === 0 && !mustInstall;
  const unfinished = isReady ? await follow(root, say) : undefined;
  return { from, to, conflicts, mustInstall, unfinished };
}

/** Lets follow what is written from the code. It may not pass: then somebody has to see what was merged. */
export async function follow(
  root: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  try {
    say('Writing the client and the document …');
    await regenerate(root);
    await format(root, ['contract', 'server', 'client', 'tests', 'migrations']);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function assertReady(root: string, { commit }: Origin, target: string): Promise<string> {
  const git = (...args: string[]) => run(root, 'git', args);
  if ((await git('status', '--porcelain')) !== '') {
    throw new CannotUpgrade(
      'There are changes that are not committed. Commit or stash them first.',
    );
  }
  const found = await git('rev-parse', '--verify', '--quiet', `${target}^{commit}`).catch(() => '');
  const to = found.trim();
  if (to === '') {
    throw new CannotUpgrade(`git knows no ${target}. Fetch the baseline first: docs/upgrading.md.`);
  }
  if (to === commit) throw new CannotUpgrade(`This service stands on ${to} already.`);
  await git('merge-base', '--is-ancestor', commit, to).catch(() => {
    throw new CannotUpgrade(
      `${to} does not come after ${commit}, which this service stands on (${originFile}), or git ` +
        'does not know that one. Fetch the whole history of the baseline, and name a newer commit.',
    );
  });
  return to;
}

async function commitOf(root: string, tree: string, message: string, parent?: string) {
  const who = ['-c', 'user.name=Baseline', '-c', 'user.email=baseline@example.invalid'];
  const parents = parent === undefined ? [] : ['-p', parent];
  return (await run(root, 'git', [...who, 'commit-tree', tree, ...parents, '-m', message])).trim();
}
