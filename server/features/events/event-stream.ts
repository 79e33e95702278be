import type { EventName } from '../../../contract/events.ts';
import type { LiveCall } from '../../operations/live.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { FeedEvent, FeedPage, Position } from '../../platform/events/feed.ts';
import type { Place } from '../../platform/events/tail-reading.ts';
import type { StreamEnd } from '../../platform/observability/live-event-metrics.ts';
import { bytesOf, type Frame, frameOf, greeting, heartbeat, markOf } from './frames.ts';
import { Listener } from './listener.ts';
import { Outbox } from './outbox.ts';
import { ToldEvents } from './told-events.ts';

export interface StreamParts {
  readonly actor: Actor;
  readonly readmit: LiveCall['readmit'];
  readonly clock: Clock;
  readonly types: ReadonlySet<EventName> | undefined;
  readonly place: Place;
  /** Behind what the caller has seen. */
  readonly from: Position;
  readonly readAfter: (position: Position) => Promise<FeedPage>;
  readonly retryMs: number;
  readonly bufferBytes: number;
  readonly onSent: (events: number) => void;
  readonly onEnd: (stream: EventStream, reason: StreamEnd) => void;
}

const over: IteratorResult<Uint8Array> = Object.freeze({ value: undefined, done: true });

/** So many heartbeats without room for one: nobody reads. */
const patientBeats = 4;

/**
 * Nothing was for a caller for so long: they are told how far they have come. Else they would come back
 * with an event that is kept no more. No more often, since the id tells that something happened to others.
 */
const unmarkedMs = 3_600_000;

// While a caller is looked up anew, events wait; it takes a moment, or fails.
const mostPending = 1_000;

/**
 * What one caller hears, as bytes that are taken when there is room: first what was missed, page by page
 * from the table, then what comes, from the tail. While it is in doubt who they are, nothing is told.
 */
export class EventStream implements AsyncIterableIterator<Uint8Array> {
  readonly listener: Listener;
  readonly #parts: StreamParts;
  readonly #outbox: Outbox;
  readonly #pending: FeedEvent[] = [];
  #position: Position;
  #isGreeted = false;
  #isFollowing = false;
  #missedBeats = 0;
  #markedAt: number;
  #end: StreamEnd | undefined;

  constructor(parts: StreamParts) {
    const { actor, readmit, clock, from, bufferBytes } = parts;
    this.#parts = parts;
    this.#position = from;
    this.#outbox = new Outbox(bufferBytes);
    this.#markedAt = this.#now;
    this.listener = new Listener(actor, { readmit, clock, onRefused: () => this.end('revoked') });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const frames = this.#isGreeted ? await this.take() : [greeting(this.#parts.retryMs)];
    this.#isGreeted = true;
    return frames.length > 0 ? { value: bytesOf(frames), done: false } : over;
  }

  /** For whoever writes them in words of their own; the bytes are not read, then. */
  events(): ToldEvents {
    return new ToldEvents(this);
  }

  /** At least one; none: it is over. */
  async take(): Promise<readonly Frame[]> {
    while (!this.#isFollowing && !this.#end) {
      this.#isFollowing = this.#parts.place.follow(this.#position, (event) => this.#hear(event));
      const missed = this.#isFollowing ? [] : await this.#readPage();
      if (missed.length > 0) return missed;
    }
    return this.#outbox.take();
  }

  /** Its reader has left. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.end('left');
    return over;
  }

  end(reason: StreamEnd): void {
    if (this.#end) return;
    this.#end = reason;
    this.listener.leave();
    this.#pending.length = 0;
    this.#outbox.end();
    this.#parts.place.leave();
    this.#parts.onEnd(this, reason);
  }

  /** Says that it is there, and looks whether anybody is on the other side. */
  beat(): void {
    if (this.listener.inDoubt) return;
    this.#missedBeats = this.#outbox.isEmpty ? 0 : this.#missedBeats + 1;
    if (this.#missedBeats >= patientBeats) this.end('slow');
    else if (this.#missedBeats === 0) this.#put(this.#mark() ?? heartbeat);
  }

  get #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #mark(): Frame | undefined {
    const { lastEventId } = this.#parts.place;
    const isDue = this.#isFollowing && this.#now - this.#markedAt >= unmarkedMs;
    if (!isDue || this.#pending.length > 0 || lastEventId === undefined) return undefined;
    this.#markedAt = this.#now;
    return markOf(lastEventId);
  }

  #hear(event: FeedEvent): void {
    if (this.#end) return;
    const { inDoubt } = this.listener;
    if (!inDoubt && this.#pending.length === 0) {
      this.#tell(event);
      return;
    }
    if (this.#pending.push(event) > mostPending) this.end('slow');
    if (this.#pending.length === 1) void this.#tellPending(inDoubt);
  }

  async #tellPending(inDoubt: Promise<void> | undefined): Promise<void> {
    for (let doubt = inDoubt; doubt && !this.#end; doubt = this.listener.inDoubt) await doubt;
    for (const event of this.#pending.splice(0)) this.#tell(event);
  }

  #tell(event: FeedEvent): void {
    if (!this.#isFor(event)) return;
    this.#parts.onSent(1);
    this.#markedAt = this.#now;
    this.#put(frameOf(event));
  }

  #put(frame: Frame): void {
    if (!this.#outbox.put(frame)) this.end('slow');
  }

  /** What the caller may hear of the next page of what was missed. */
  async #readPage(): Promise<Frame[]> {
    try {
      const { events, position, isFull } = await this.#parts.readAfter(this.#position);
      for (let doubt = this.listener.inDoubt; doubt; doubt = this.listener.inDoubt) await doubt;
      if (this.#end) return [];
      this.#position = position;
      const frames = events.filter((event) => this.#isFor(event)).map(frameOf);
      this.#parts.onSent(frames.length);
      // Many pages may hold nothing for this caller: a connection that is silent meanwhile is given up.
      return frames.length === 0 && isFull ? [heartbeat] : frames;
    } catch {
      this.end('failed');
      return [];
    }
  }

  #isFor(event: FeedEvent): boolean {
    const { types } = this.#parts;
    return (types === undefined || types.has(event.name)) && this.listener.mayHear(event);
  }
}
