import { isIP } from 'node:net';

/**
 * Whether the `Host` of a request is one of ours: a name of the list (`*.example.com` stands for all
 * below it), `localhost`, or an address. A page elsewhere can make its own name lead to this machine
 * (DNS rebinding), and then its browser calls us by that name; nobody can do that to an address, and
 * probes call by one.
 */
export function knownHosts(names: readonly string[]): (host: string | undefined) => boolean {
  const lower = names.map((name) => name.toLowerCase());
  const known = new Set(['localhost', ...lower]);
  const endings = lower.filter((name) => name.startsWith('*.')).map((name) => name.slice(1));
  return (host) => {
    const name = hostNameIn(host ?? '');
    return known.has(name) || isIP(name) !== 0 || endings.some((ending) => name.endsWith(ending));
  };
}

/** Without the port; empty where it is none. */
function hostNameIn(host: string): string {
  const name = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host);
  return (name?.[1] ?? name?.[2] ?? '').toLowerCase();
}
