import { run } from '../run-script.ts';

/** Written from contract and commands: the newer side stands in until it is written anew. */
const generated =
  /^(client\/generated\/|docs\/(cli|client)\/|docs\/(openapi\.json|schema\.graphql|graphql-examples\.md)$)/;

/** Brings in what a commit changed; answers the files that somebody has to decide. */
export async function merge(root: string, commit: string): Promise<string[]> {
  const git = (...args: string[]) => run(root, 'git', args);
  const failure = await git('cherry-pick', '--no-commit', commit).then(
    () => undefined,
    (error: Error) => error,
  );
  const open = (await git('diff', '--name-only', '--diff-filter=U', '-z')).split('\0');
  const conflicts = open.filter((file) => file !== '');
  // A conflict is told by its files: what git says about it is in the language of the terminal.
  if (failure && conflicts.length === 0) throw failure;
  for (const file of conflicts.filter((one) => generated.test(one))) {
    const isThere = (await git('ls-files', '--unmerged', '--', file)).includes(' 3\t');
    if (isThere) {
      await git('checkout', '--theirs', '--', file);
      await git('add', '--', file);
    } else {
      await git('rm', '--quiet', '--', file);
    }
  }
  return conflicts.filter((file) => !generated.test(file));
}
