import { BoundedQueue, type QueueLimits } from '../../platform/bounded-queue.ts';
import { networkOf } from '../../platform/network.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Who } from './attempts.ts';

type Width = Omit<QueueLimits, 'maxWaitMs'>;

const ofName: Width = { atOnce: 1, maxWaiting: 50 };
// Far below the failures that are free for an address: attempts under way are counted, too.
const ofNetwork: Width = { atOnce: 10, maxWaiting: 200 };

/**
 * Sign-ins that come at once take turns: one at a time for the same name from the same network, a
 * few for a network. An attempt is counted before its password is looked at, so that many right
 * ones at once would be taken for guesses.
 *
 * Knows what was typed and from where, and nothing of accounts: whoever has to wait or is refused
 * learns nothing. Who may guess how often is decided in the database (`attempts.ts`), for all
 * processes; this is courtesy, and may be one process's own.
 */
export class SignInTurns {
  readonly #maxWaitMs: number;
  readonly #queues = new Map<string, BoundedQueue>();

  constructor(maxWaitMs: number) {
    this.#maxWaitMs = maxWaitMs;
  }

  /** @throws a problem `rate_limited` when too many wait, or too long. */
  take<Result>(
    { identifier, address }: Pick<Who, 'identifier' | 'address'>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const network = networkOf(address);
    return this.#run(`${network} ${identifier}`, ofName, () => this.#run(network, ofNetwork, work));
  }

  async #run<Result>(key: string, width: Width, work: () => Promise<Result>) {
    const limits = { ...width, maxWaitMs: this.#maxWaitMs };
    const queue = this.#queues.get(key) ?? new BoundedQueue(limits, tooMany);
    this.#queues.set(key, queue);
    try {
      return await queue.run(work);
    } finally {
      if (queue.isIdle) this.#queues.delete(key);
    }
  }
}

function tooMany() {
  return problem('rate_limited', {
    detail: 'Too many sign-ins at once.',
    retryAfterSeconds: 1,
  });
}
