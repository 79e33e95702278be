/** What is being done at the moment, so that an end can wait for it. */
export class InFlight {
  readonly #works = new Set<Promise<unknown>>();

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = work();
    this.#works.add(running);
    try {
      return await running;
    } finally {
      this.#works.delete(running);
    }
  }

  /** Waits until what runs by now has ended, but no longer than that. */
  ended(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      void Promise.allSettled(this.#works).then(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  }
}
