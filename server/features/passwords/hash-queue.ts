import { availableParallelism } from 'node:os';
import { problem } from '../../platform/problem-error.ts';

interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Runs password hashes a few at a time, so that a storm of sign-ins cannot starve other
 * requests: one core stays free, the queue is bounded in length and in waiting time.
 */
export class HashQueue {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #maxWaitMs: number;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor({
    atOnce = Math.max(1, availableParallelism() - 1),
    maxWaiting = 50,
    maxWaitMs = 2_000,
  } = {}) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
    this.#maxWaitMs = maxWaitMs;
  }

  /** @throws a problem `service_unavailable` when the queue is full or the wait too long. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn();
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #turn(): Promise<void> {
    if (this.#running < this.#atOnce) {
      this.#running += 1;
      return Promise.resolve();
    }
    if (this.#waiting.size >= this.#maxWaiting) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: resolve,
        timer: setTimeout(() => {
          this.#waiting.delete(waiting);
          reject(busy());
        }, this.#maxWaitMs),
      };
      this.#waiting.add(waiting);
    });
  }

  // A finished hash hands its place to the one that waited longest, or gives it back.
  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(first);
    clearTimeout(first.timer);
    first.start();
  }
}

function busy() {
  return problem('service_unavailable', {
    detail: 'Too many sign-ins at the moment.',
    retryAfterSeconds: 2,
  });
}
