import { format, regenerate, run } from '../run-script.ts';
import type { Product } from './product.ts';
import { leftovers, perform, type Turn, turnOf } from './turn-into.ts';

/** Turns a checkout of the baseline into a service: its words, then what is written from them. */
export async function makeService(
  root: string,
  product: Product,
  say: (line: string) => void,
): Promise<Turn> {
  const turn = await planService(root, product);
  say(`Writing ${turn.written.size} files …`);
  await perform(root, turn);
  say('Formatting …');
  // Only what was written: the old folder of data is not ignored any more.
  const isCode = /\.([mc]?[jt]sx?|json|css)$/;
  await format(
    root,
    [...turn.written.keys()].filter((file) => isCode.test(file)),
  );
  say('Writing the client and the document …');
  await regenerate(root);
  const left = await leftovers(root, await filesOf(root));
  if (left.length > 0) throw new Error(`Still called by the old name: ${left.join(', ')}`);
  return turn;
}

export async function planService(root: string, product: Product): Promise<Turn> {
  const commit = (await run(root, 'git', ['rev-parse', 'HEAD'])).trim();
  return turnOf(root, await filesOf(root), product, commit);
}

/** Everything that is tracked, or would be, and is there. */
async function filesOf(root: string): Promise<string[]> {
  const list = (...kinds: string[]) => run(root, 'git', ['ls-files', '-z', ...kinds]);
  const names = (text: string) => text.split('\0').filter((name) => name !== '');
  const gone = new Set(names(await list('--deleted')));
  const all = names(await list('--cached', '--others', '--exclude-standard'));
  // A service ignores another folder of data than the baseline, whose folder is still there.
  const isOther = /^(node_modules$|\.charter\/)/;
  return all.filter((name) => !gone.has(name) && !isOther.test(name)).sort();
}
