import type { Json } from '../../kit/json.ts';
import type { Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import { listIn, objectIn, shown, textIn } from './source.ts';

/** What follows the host. */
export function pathOf(url = '/'): string {
  return url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/\/+$/, '');
}

function originOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/[^/]*/i.exec(url)?.[0].toLowerCase() ?? '';
}

/** Beyond so many combinations of variables only the usual ones are compared. */
const maxUrls = 200;

/** Every address that variables can make, the usual one of each server first. */
export function serversOf(servers: unknown): readonly string[] {
  const urls = listIn(servers).flatMap((server) => {
    const { url, variables } = objectIn(server);
    const template = textIn(url);
    return template === undefined ? [] : filled(template, objectIn(variables));
  });
  return urls.length > 0 ? urls : ['/'];
}

function filled(template: string, variables: Json): readonly string[] {
  let urls = [template];
  for (const [, name = ''] of template.matchAll(/\{([^}]+)\}/g)) {
    const { default: usual, enum: others } = objectIn(variables[name]);
    const values = [...new Set([usual, ...listIn(others)])].filter((one) => one !== undefined);
    const taken = urls.length * values.length > maxUrls ? values.slice(0, 1) : values;
    if (taken.length > 0) {
      urls = urls.flatMap((url) => taken.map((value) => url.replace(`{${name}}`, shown(value))));
    }
  }
  return urls;
}

/** Where the service is found. What follows the host is compared as part of the addresses. */
export function compareServers({ before, after, report }: Comparison): void {
  const [from, to] = [before, after].map(
    ({ root }) => new Set(serversOf(root.servers).map(originOf)),
  ) as [Set<string>, Set<string>];
  for (const origin of new Set([...from, ...to])) {
    const at = `server ${origin}`;
    const spot = { at, owner: at, side: 'input' } as const;
    // Beside the document, wherever that is.
    if (origin === '') continue;
    if (!to.has(origin)) report.add('server-removed', spot, 'It is gone.');
    else if (!from.has(origin)) report.add('server-added', spot, 'It is new.');
  }
}

interface Served {
  readonly item: Json;
  readonly operation: Json;
}

/** An operation, or an address, that is served elsewhere than the rest. */
export function compareOwnServers(
  { before, after, report }: Comparison,
  from: Served,
  to: Served,
  spot: Spot,
): void {
  const own = ({ item, operation }: Served) => operation.servers ?? item.servers;
  if (own(from) === undefined && own(to) === undefined) return;
  const [old, now] = [own(from) ?? before.root.servers, own(to) ?? after.root.servers].map(
    (servers) => serversOf(servers).map((url) => url.replace(/\/+$/, '')),
  ) as [string[], string[]];
  const gone = old.filter((url) => !now.includes(url));
  const more = now.filter((url) => !old.includes(url));
  if (gone.length > 0)
    report.add('server-removed', spot, `It is not served at ${gone.join(', ')}.`);
  if (more.length > 0) report.add('server-added', spot, `It is served at ${more.join(', ')}.`);
}
