import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { originFile } from '../upgrade/origin.ts';
import { edits, kept, moved, removed } from './changes.ts';
import { changelog, contractChangelog, licenceOf } from './licence.ts';
import { baseline, type Product } from './product.ts';
import { inWordsOf } from './words.ts';

/** What becomes of the files of a clone, thought out before the first is touched. */
export interface Turn {
  /** From where to where; what a file may do (it may be run) goes along. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly written: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

export function turnOf(
  root: string,
  files: readonly string[],
  product: Product,
  commit: string,
): Turn {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const written = new Map<string, string>();
  const renamed = new Map<string, string>();
  const gone: string[] = [];
  const changes = Map.groupBy(edits(product), ([file]) => file);
  for (const file of files) {
    if (removed.some((pattern) => pattern.test(file))) gone.push(file);
    else if (!(file in moved) && !kept.some((pattern) => pattern.test(file))) {
      const before = read(file);
      const to = inWordsOf(file, product);
      if (to !== file) renamed.set(file, to);
      const text = before.includes('\0')
        ? before
        : inWordsOf(edited(before, changes.get(file)), product);
      if (text !== before) written.set(to, text);
    }
  }
  for (const [from, to] of Object.entries(moved)) written.set(to, read(from));
  const mit = read('LICENSE');
  for (const file of ['LICENSE', 'client/LICENSE']) written.set(file, licenceOf(product, mit));
  written.set('docs/changelog.md', changelog);
  written.set('contract/CHANGELOG.md', contractChangelog);
  written.set(originFile, `${JSON.stringify({ ...product, commit }, null, 2)}\n`);
  return { renamed, written, removed: gone };
}

function edited(text: string, changes: ReturnType<typeof edits> = []): string {
  return changes.reduce((before, [file, from, to]) => {
    const isThere = typeof from === 'string' ? before.includes(from) : from.test(before);
    if (!isThere)
      throw new Error(`${file} has no ${from}: adapt server/development/init/changes.ts.`);
    return before.replace(from, (_, first) => to.replace('%1', String(first)));
  }, text);
}

export async function perform(root: string, turn: Turn): Promise<void> {
  for (const file of turn.removed) await rm(join(root, file));
  for (const [from, to] of turn.renamed) {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, from), join(root, to));
  }
  for (const [file, text] of turn.written) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
}

/** Files that still say what the baseline is called, and should not. */
export async function leftovers(root: string, files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    const isNotice = /(^|\/)LICENSE$/.test(file) || kept.some((pattern) => pattern.test(file));
    if (isNotice) continue;
    const text = await readFile(join(root, file), 'utf8');
    if (`${file}\n${text}`.toLowerCase().includes(baseline)) found.push(file);
  }
  return found;
}
