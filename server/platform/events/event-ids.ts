import { randomUUIDv7 } from 'node:crypto';

const mostInAMillisecond = 0xfff;

/**
 * Ids of events, in the order in which they happened: Node's own are in none within a millisecond, and
 * a change may tell of several things. A counter stands where they are random first (RFC 9562, 6.2).
 */
export class EventIds {
  #ms = 0;
  #count = 0;

  next(): string {
    const id = randomUUIDv7();
    const ms = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    if (ms > this.#ms) this.#begin(ms);
    else if (this.#count < mostInAMillisecond) this.#count += 1;
    else this.#begin(this.#ms + 1);
    const time = this.#ms.toString(16).padStart(12, '0');
    const count = this.#count.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${id.slice(18)}`;
  }

  #begin(ms: number): void {
    this.#ms = ms;
    this.#count = 0;
  }
}
