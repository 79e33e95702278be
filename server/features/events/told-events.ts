import type { Event } from '../../../contract/events/event.ts';
import { envelopeOf } from '../../platform/events/envelope.ts';
import type { FeedEvent } from '../../platform/events/feed.ts';
import type { Frame } from './frames.ts';

interface Source {
  /** At least one frame; none: it is over. */
  take(): Promise<readonly Frame[]>;
  return(): Promise<unknown>;
}

/** What a stream tells, event by event. It is taken from the stream as it is read, and not before. */
export class ToldEvents implements AsyncIterableIterator<Event> {
  readonly #source: Source;
  #taken: FeedEvent[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Event>> {
    for (;;) {
      const event = this.#taken.shift();
      if (event) return { value: envelopeOf(event), done: false };
      const frames = await this.#source.take();
      if (frames.length === 0) return over;
      this.#taken = frames.flatMap(({ event: told }) => told ?? []);
    }
  }

  /** At once, though `next` may wait for an event: so it is no generator. */
  async return(): Promise<IteratorResult<Event>> {
    this.#taken = [];
    await this.#source.return();
    return over;
  }
}

const over: IteratorResult<Event> = Object.freeze({ value: undefined, done: true });
