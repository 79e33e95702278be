import { BlockList, isIP } from 'node:net';
import { contract } from '../../../contract/index.ts';
import { originOf } from '../service-address.ts';
import { CommandFailure, type Terminal } from '../terminal.ts';

const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addAddress('::1', 'ipv6');

/** Where the load goes: an address that somebody wrote down. There is none that goes without saying. */
export function targetOf(text: string | undefined): string {
  if (text) return originOf(text, 'LOAD_ACCOUNTS');
  throw new CommandFailure('Say where the load goes: charter load http://127.0.0.1:3000');
}

/** Load on a machine that others use is an attack, unless its owner wants it. */
export async function assertWanted(
  terminal: Terminal,
  origin: string,
  isConfirmed: boolean,
): Promise<void> {
  const { hostname } = new URL(origin);
  if (isConfirmed || isLoopback(hostname)) return;
  if (!terminal.isInteractive) {
    throw new CommandFailure(
      `${hostname} is not this machine: add --yes if its owner wants to be put under load.`,
    );
  }
  const answer = await terminal.ask(
    `${hostname} is not this machine. Load hits everybody who uses it. Write its name to go on`,
  );
  if (answer !== hostname) throw new CommandFailure('Nothing was sent.');
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost');
  return own.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

const lookMs = 30_000;

/** One look before a thousand: a wrong address is told at once. */
export async function assertReachable(origin: string): Promise<void> {
  const url = `${origin}${contract.health.readiness.path}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(lookMs) }).catch(
    (error: Error & { cause?: Error }) => {
      throw new CommandFailure(
        `${origin} cannot be reached: ${error.cause?.message || error.message}. Start the service, or look at the address.`,
      );
    },
  );
  await answer.body?.cancel();
  if (answer.status === 200) return;
  throw new CommandFailure(
    answer.status === 503
      ? `The service at ${origin} is not ready (503): its database may be away. Nothing was sent.`
      : `${origin} is not this service: its readiness answers ${answer.status}. Nothing was sent.`,
  );
}
