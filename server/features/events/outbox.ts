/** What waits for a slow reader, up to a bound. Whoever reads takes all of it at once. */
export class Outbox {
  readonly #limitBytes: number;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #reader: ((result: IteratorResult<Uint8Array>) => void) | undefined;
  #isEnded = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @returns false where there is no room: the reader is too slow. */
  put(frame: Uint8Array): boolean {
    if (this.#isEnded) return true;
    if (this.#reader) {
      this.#reader({ value: frame, done: false });
      this.#reader = undefined;
      return true;
    }
    if (this.#bytes + frame.length > this.#limitBytes) return false;
    this.#waiting.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#waiting.length > 0) {
      const value = this.#waiting.length === 1 ? this.#waiting[0] : Buffer.concat(this.#waiting);
      this.#waiting = [];
      this.#bytes = 0;
      return Promise.resolve({ value: value as Uint8Array, done: false });
    }
    if (this.#isEnded) return Promise.resolve(over);
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** Nothing more is taken; what waits is still read. */
  end(): void {
    this.#isEnded = true;
    this.#reader?.(over);
    this.#reader = undefined;
  }
}

const over: IteratorResult<Uint8Array> = Object.freeze({ value: undefined, done: true });
