import type { Frame } from './frames.ts';

/** What waits for a slow reader, up to a bound. Whoever reads takes all of it at once. */
export class Outbox {
  readonly #limitBytes: number;
  #waiting: Frame[] = [];
  #bytes = 0;
  #reader: ((frames: readonly Frame[]) => void) | undefined;
  #isEnded = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @returns false where there is no room: the reader is too slow. */
  put(frame: Frame): boolean {
    if (this.#isEnded) return true;
    if (this.#reader) {
      this.#reader([frame]);
      this.#reader = undefined;
      return true;
    }
    const { length } = frame.bytes;
    if (this.#bytes + length > this.#limitBytes) return false;
    this.#waiting.push(frame);
    this.#bytes += length;
    return true;
  }

  /** At least one; none: it is over. */
  take(): Promise<readonly Frame[]> {
    if (this.#waiting.length > 0) {
      const frames = this.#waiting;
      this.#waiting = [];
      this.#bytes = 0;
      return Promise.resolve(frames);
    }
    if (this.#isEnded) return Promise.resolve([]);
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** Nothing more is taken; what waits is still read. */
  end(): void {
    this.#isEnded = true;
    this.#reader?.([]);
    this.#reader = undefined;
  }
}
