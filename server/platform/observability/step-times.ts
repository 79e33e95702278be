import { performance } from 'node:perf_hooks';

/** How long the steps of one call took, as W3C Server Timing writes it. Where nobody asks, there is none. */
export class StepTimes {
  readonly #startedAt = performance.now();
  readonly #steps: string[] = [];

  /** The work, and its time is noted, whether it is done or fails. */
  measuring<Result>(name: string, work: () => Result | Promise<Result>): () => Promise<Result> {
    return async () => {
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        this.#steps.push(entry(name, startedAt));
      }
    };
  }

  /** The steps so far, and everything since the request came. */
  toString(): string {
    return [...this.#steps, entry('total', this.#startedAt)].join(', ');
  }
}

function entry(name: string, startedAt: number): string {
  return `${name};dur=${(performance.now() - startedAt).toFixed(1)}`;
}
