/** Where the primary was in its log at an instant: everything that was committed before it is in there. */
interface Sample {
  /** In milliseconds, of a clock that only goes on. */
  readonly atMs: number;
  readonly position: bigint;
}

/** An hour, at two a second. Who is later than that is so late that nobody counts. */
const mostSamples = 7_200;

/**
 * How old a replica is, told by nothing but the primary: its log at known instants. Neither clocks that
 * differ, nor a primary on which nothing happens, nor a replica that has lost its primary and believes
 * to have everything, can make it look younger than it is.
 */
export class Positions {
  readonly #samples: Sample[] = [];

  /** @param atMs when the primary was asked, before it answered. */
  note(atMs: number, position: bigint): void {
    this.#samples.push({ atMs, position });
    if (this.#samples.length > mostSamples) this.#samples.shift();
  }

  get isOne(): boolean {
    return this.#samples.length < 2;
  }

  /** After a failover, what was noted is of another log. */
  clear(): void {
    this.#samples.length = 0;
  }

  /** What must have been reached to be no older than this; undefined: nobody has asked since. */
  requiredSince(ms: number): bigint | undefined {
    let required: bigint | undefined;
    for (let at = this.#samples.length - 1; at >= 0; at -= 1) {
      const sample = this.#samples[at] as Sample;
      if (sample.atMs < ms) break;
      required = sample.position;
    }
    return required;
  }

  /** For how long at most it has been so at the last time that the primary was asked. */
  lagMs(position: bigint): number | undefined {
    const last = this.#samples.at(-1);
    const reached = this.#samples.findLast((sample) => sample.position <= position);
    const since = reached ?? this.#samples[0];
    return last && since && last.atMs - since.atMs;
  }
}
