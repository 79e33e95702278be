import { readHead } from './feed.ts';
import { type Place, type TailParts, TailReading } from './tail-reading.ts';

/**
 * Reads the feed once for everybody in this process who wants to hear of events as they come, and only
 * while there is anybody. What is missed between two readers is read by the second (`readAfter`).
 */
export class Tail {
  readonly #parts: TailParts;
  #current: Promise<TailReading> | undefined;
  #latest: TailReading | undefined;

  constructor(parts: TailParts) {
    this.#parts = parts;
    parts.metrics.watchHeld(() => this.#heldMs());
  }

  /** @throws while the database is away and nobody follows yet. */
  async enter(): Promise<Place> {
    this.#current ??= this.#begin();
    const reading = await this.#current;
    // The last one left while this one came.
    if (reading.isOver) return this.enter();
    return reading.enter();
  }

  async #begin(): Promise<TailReading> {
    try {
      const head = await readHead(this.#parts.db);
      const reading = new TailReading(this.#parts, head, () => {
        this.#latest = undefined;
        this.#current = undefined;
      });
      this.#latest = reading;
      return reading;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }

  #heldMs(): number {
    return this.#latest?.heldMs ?? 0;
  }
}
