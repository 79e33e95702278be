import type { Log } from '../observability/log.ts';

const quietMs = 10_000;

/** While the database is away every queue complains at every look: a line now and then is enough. */
export class Complaints {
  readonly #log: Log;
  #spokeAt = Number.NEGATIVE_INFINITY;
  #swallowed = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  about(error: Error): void {
    if (performance.now() - this.#spokeAt < quietMs) {
      this.#swallowed += 1;
      return;
    }
    this.#log.warn({ err: error, swallowed: this.#swallowed }, 'the queue of jobs cannot be read');
    this.#spokeAt = performance.now();
    this.#swallowed = 0;
  }
}
