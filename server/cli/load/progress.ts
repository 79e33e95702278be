import type { Terminal } from '../terminal.ts';
import type { Order } from './order.ts';
import type { Counts } from './run-file.ts';

export interface Progress {
  signedIn(done: number, wanted: number): void;
  at(elapsedSeconds: number, counts: Counts): void;
  end(): void;
}

const width = 24;

/** A bar on a terminal; elsewhere nothing. */
export function progressOn({ status }: Terminal, order: Order): Progress {
  if (!status) return { signedIn: () => {}, at: () => {}, end: () => {} };
  const total = order.warmUpSeconds + order.seconds;
  return {
    signedIn: (done, wanted) => status(`${bar(done / wanted)} signing in: ${done} of ${wanted}`),
    at: (elapsed, { good, limited, failed }) => {
      const answers = `${good} good, ${limited} limited, ${failed} failed`;
      status(`${bar(elapsed / total)} ${elapsed.toFixed(0)} of ${total} s: ${answers}`);
    },
    end: () => status(''),
  };
}

function bar(share: number): string {
  const filled = Math.min(width, Math.round(share * width));
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}
