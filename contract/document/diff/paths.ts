import type { Comparison } from './comparison.ts';
import { type Addressed, compareItems } from './operations.ts';
import { listIn, objectIn, type Source, textIn } from './source.ts';

/** All addresses. They are the same where only the names of parameters in them differ. */
export function comparePaths(comparison: Comparison): void {
  const { before, after } = comparison;
  const roots = rootsOf(before, after);
  const [from, to] = [addressesIn(before, roots.before), addressesIn(after, roots.after)];
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const [old, now] = [from.get(key), to.get(key)];
    const path = old?.path ?? now?.path ?? key;
    compareItems(comparison, old ?? {}, now ?? {}, (method) => {
      const at = `${method} ${path}`;
      return { at, owner: at, side: 'input' };
    });
  }
}

interface Address extends Addressed {
  readonly path: string;
}

function addressesIn(source: Source, root: string): ReadonlyMap<string, Address> {
  const paths = Object.entries(objectIn(source.root.paths)).filter(([path]) =>
    path.startsWith('/'),
  );
  return new Map(
    paths.map(([path, item]) => {
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
      return [`${root}${path}`.replace(/\{[^}]+\}/g, '{}'), { path, item, names }];
    }),
  );
}

/** Where the addresses of a document begin, where that moved between servers and paths. */
function rootsOf(before: Source, after: Source): { before: string; after: string } {
  const [from, to] = [serversOf(before), serversOf(after)];
  const isKept = from.some((url) => to.includes(url));
  return isKept ? { before: '', after: '' } : { before: pathOf(from[0]), after: pathOf(to[0]) };
}

function pathOf(url = '/'): string {
  return url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/\/+$/, '');
}

function originOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/[^/]*/i.exec(url)?.[0].toLowerCase() ?? '';
}

/** With the usual values of variables put in. */
function serversOf({ root }: Source): readonly string[] {
  const urls = listIn(root.servers).flatMap((server) => {
    const { url, variables } = objectIn(server);
    const filled = textIn(url)?.replace(/\{([^}]+)\}/g, (whole, name: string) => {
      return textIn(objectIn(objectIn(variables)[name]).default) ?? whole;
    });
    return filled === undefined ? [] : [filled];
  });
  return urls.length > 0 ? urls : ['/'];
}

/** Where the service is found. What follows the host is compared as part of the addresses. */
export function compareServers({ before, after, report }: Comparison): void {
  const [from, to] = [
    new Set(serversOf(before).map(originOf)),
    new Set(serversOf(after).map(originOf)),
  ];
  for (const origin of from) {
    const spot = { at: `server ${origin}`, owner: `server ${origin}`, side: 'input' } as const;
    // Beside the document, wherever that is.
    if (origin !== '' && !to.has(origin)) report.add('server-removed', spot, 'It is gone.');
  }
  for (const origin of to) {
    const spot = { at: `server ${origin}`, owner: `server ${origin}`, side: 'input' } as const;
    if (origin !== '' && !from.has(origin)) report.add('server-added', spot, 'It is new.');
  }
}
