import { type Clock, secondsAfter } from '../clock.ts';

interface Options {
  readonly clock: Clock;
  readonly lifeSeconds: number;
}

/** A value that is read when it is first needed, remembered for a while, and read once at a time. */
export class Remembered<Value> {
  readonly #read: () => Promise<Value>;
  readonly #options: Options;
  #value: Value | undefined;
  #readAt: Date | undefined;
  #reading: Promise<Value> | undefined;

  constructor(read: () => Promise<Value>, options: Options) {
    this.#read = read;
    this.#options = options;
  }

  async get(): Promise<Value> {
    const { lifeSeconds } = this.#options;
    if (this.#value !== undefined && !this.isOlderThan(lifeSeconds)) return this.#value;
    return this.renew();
  }

  isOlderThan(seconds: number): boolean {
    const now = this.#options.clock.now();
    return this.#readAt === undefined || secondsAfter(this.#readAt, seconds) <= now;
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
    this.#readAt = this.#options.clock.now();
    return value;
  }
}
