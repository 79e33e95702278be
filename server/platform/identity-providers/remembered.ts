import { type Clock, neverBack } from '../clock.ts';

interface Options {
  readonly clock: Clock;
  readonly lifeSeconds: number;
}

/** A value that is read when it is first needed, remembered for a while, and read once at a time. */
export class Remembered<Value> {
  readonly #read: () => Promise<Value>;
  readonly #options: Options;
  #value: Value | undefined;
  readonly #age: () => number;
  #readAt: number | undefined;
  #reading: Promise<Value> | undefined;

  constructor(read: () => Promise<Value>, options: Options) {
    this.#read = read;
    this.#options = options;
    this.#age = neverBack(options.clock);
  }

  async get(): Promise<Value> {
    const { lifeSeconds } = this.#options;
    if (this.#value !== undefined && !this.isOlderThan(lifeSeconds)) return this.#value;
    return this.renew();
  }

  isOlderThan(seconds: number): boolean {
    return this.#readAt === undefined || this.#readAt + seconds * 1_000 <= this.#age();
  }

  renew(): Promise<Value> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<Value> {
    const value = await this.#read();
    this.#value = value;
    this.#readAt = this.#age();
    return value;
  }
}
