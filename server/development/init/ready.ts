import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findEmbedded } from '../embedded/embedded.ts';
import { type ProgramFailure, run } from '../run-script.ts';
import { isService, originFile } from '../upgrade/origin.ts';
import { objectionTo, type Product } from './product.ts';

/** Where development keeps its data, called by the old name; nothing reads it afterwards. */
const oldData = '.charter';

/** Why a checkout cannot be turned into this service; undefined when it can. */
export async function objection(root: string, product: Product): Promise<string | undefined> {
  const wrong = objectionTo(product);
  if (wrong) return wrong;
  if (isService(root)) {
    return `This is a service already: ${originFile} says which. A clone is turned into one once.`;
  }
  const status = await run(root, 'git', ['status', '--porcelain']).catch(() => undefined);
  if (status === undefined) {
    return 'This is no clone: git knows nothing of it. Clone the repository, and run this there.';
  }
  if (status !== '') {
    const files = status.trimEnd().split('\n');
    return (
      `There are changes that are not committed (${files.length}, the first: ${files[0]?.slice(3)}). ` +
      'Commit or stash them: then `git diff` shows what this did, and `git reset --hard` takes it back.'
    );
  }
  if (await findEmbedded({ folder: join(root, oldData), database: 'postgres' })) {
    return 'The development server runs, whose data goes with the old name. Stop it first.';
  }
  return wordInUse(root, product.name);
}

/** The word must not mean anything yet, or nobody could tell the two apart. */
async function wordInUse(root: string, name: string): Promise<string | undefined> {
  const pattern = `(^|[^a-z0-9])${name}([^a-z0-9]|$)`;
  const places = [
    '--',
    'contract',
    'server',
    'client',
    'migrations',
    'tests',
    'deploy',
    'package.json',
  ];
  // What makes a service does not stay.
  places.push(
    ':!server/development/init',
    ':!server/cli/init.ts',
    ':!server/cli/examples.ts',
    ':!tests/*/init.test.ts',
  );
  const search = ['grep', '-n', '-i', '-E', pattern, ...places];
  const found = await run(root, 'git', search).catch((error: ProgramFailure) => {
    // Nothing was found. Whatever else it is, nobody knows.
    if (error.exitCode === 1) return '';
    throw error;
  });
  const [first = ''] = found.split('\n');
  const [, place] = /^([^:]+:\d+):/.exec(first) ?? [];
  if (place === undefined) return undefined;
  return `${name} is a word that the code uses already, in ${place}. Choose another name.`;
}

export async function clearOldData(root: string): Promise<void> {
  await rm(join(root, oldData), { recursive: true, force: true });
}
