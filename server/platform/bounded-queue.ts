interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

export interface QueueLimits {
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

/** Runs work a few at a time, in the order it came; bounded in length and in waiting time. */
export class BoundedQueue {
  readonly #limits: QueueLimits;
  readonly #refusal: () => Error;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  /** `refusal` is thrown when the queue is full or the wait too long. */
  constructor(limits: QueueLimits, refusal: () => Error) {
    this.#limits = limits;
    this.#refusal = refusal;
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn();
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #turn(): Promise<void> {
    const { atOnce, maxWaiting, maxWaitMs } = this.#limits;
    if (this.#running < atOnce) {
      this.#running += 1;
      return Promise.resolve();
    }
    if (this.#waiting.size >= maxWaiting) return Promise.reject(this.#refusal());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: resolve,
        timer: setTimeout(() => {
          this.#waiting.delete(waiting);
          reject(this.#refusal());
        }, maxWaitMs),
      };
      this.#waiting.add(waiting);
    });
  }

  // What has ended hands its place to the one that waited longest, or gives it back.
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
