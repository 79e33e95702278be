import type { Comparison } from './comparison.ts';
import { type Addressed, compareItems } from './operations.ts';
import { pathOf, serversOf } from './servers.ts';
import { objectIn, type Source } from './source.ts';

/** All addresses. They are the same where only the names of parameters in them differ. */
export function comparePaths(comparison: Comparison): void {
  const { before, after } = comparison;
  const roots = rootsOf(before, after);
  const from = addressesIn(before, roots.before);
  const to = addressesIn(after, roots.after);
  const pairs = paired(from, to);
  for (const [old, now] of pairs) {
    const path = old?.path ?? now?.path ?? '';
    compareItems(comparison, old ?? {}, now ?? {}, (method) => {
      const at = `${method} ${path}`;
      return { at, owner: at, side: 'input' };
    });
  }
}

interface Address extends Addressed {
  readonly path: string;
  /** The whole address, and without the names in it. */
  readonly whole: string;
  readonly pattern: string;
}

/** First what is written the same: some documents have `/things/{id}` and `/things/{name}`. */
function paired(before: readonly Address[], after: readonly Address[]) {
  const [onlyBefore, onlyAfter] = [new Set(before), new Set(after)];
  const pairs: [Address | undefined, Address | undefined][] = [];
  for (const by of ['whole', 'pattern'] as const) {
    for (const old of [...onlyBefore]) {
      const same = [...onlyAfter].find((now) => now[by] === old[by]);
      if (!same) continue;
      pairs.push([old, same]);
      onlyBefore.delete(old);
      onlyAfter.delete(same);
    }
  }
  for (const old of onlyBefore) pairs.push([old, undefined]);
  for (const now of onlyAfter) pairs.push([undefined, now]);
  return pairs;
}

function addressesIn(source: Source, root: string): readonly Address[] {
  const paths = Object.entries(objectIn(source.root.paths)).filter(([path]) =>
    path.startsWith('/'),
  );
  return paths.map(([path, item]) => {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const whole = `${root}${path}`;
    return { path, item, names, whole, pattern: whole.replace(/\{[^}]+\}/g, '{}') };
  });
}

/** Where the addresses of a document begin, where that moved between servers and paths. */
function rootsOf(before: Source, after: Source): { before: string; after: string } {
  const [from, to] = [serversOf(before.root.servers), serversOf(after.root.servers)];
  const isKept = from.some((url) => to.includes(url));
  return isKept ? { before: '', after: '' } : { before: pathOf(from[0]), after: pathOf(to[0]) };
}
