import type { EventName } from '../../../contract/events.ts';
import type { LiveCall } from '../../operations/live.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { BoundedQueue } from '../../platform/bounded-queue.ts';
import { findPosition, type Position, readAfter } from '../../platform/events/feed.ts';
import { Tail } from '../../platform/events/tail.ts';
import type { Place } from '../../platform/events/tail-reading.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import { EventStream } from './event-stream.ts';

/** How many events are read at once for whoever has missed some. */
const pageSize = 500;

// Each comes back at a time of its own.
const firstRetryMs = 1_000;
const lastRetryMs = 5_000;

/** When to try again: a stream ends whenever its caller leaves, and nobody knows when. */
const retryAfterSeconds = 10;

export interface Asked {
  readonly types: readonly EventName[] | undefined;
  readonly live: LiveCall;
}

type Parts = Pick<
  Platform,
  'db' | 'clock' | 'log' | 'config' | 'telemetry' | 'eventNews' | 'revocations' | 'closing'
>;

/** The streams of this process: who has how many, and what happens to all of them. */
export class OpenStreams {
  readonly #parts: Parts;
  readonly #tail: Tail;
  readonly #checks: BoundedQueue;
  readonly #reads: BoundedQueue;
  readonly #open = new Set<EventStream>();
  /** How many each caller has, those that are about to be opened among them. */
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(parts: Parts) {
    const { config, telemetry, revocations, closing } = parts;
    this.#parts = parts;
    // What a role grants is behind all of them: the connections are for requests, too.
    const few = (atOnce: number) =>
      new BoundedQueue({ atOnce, maxWaiting: config.events.perProcess, maxWaitMs: 30_000 }, () =>
        problem('service_unavailable'),
      );
    this.#checks = few(4);
    // Whoever was away for long reads page after page.
    this.#reads = few(2);
    this.#tail = new Tail({ ...parts, metrics: telemetry.liveEvents });
    telemetry.liveEvents.watchOpen(() => this.#open.size);
    revocations.onRevoked((revocation) => {
      for (const { listener } of this.#open) {
        if (listener.isConcerned(revocation)) listener.recheck();
      }
    });
    closing.addEventListener('abort', () => {
      for (const stream of this.#open) stream.end('stopping');
    });
  }

  /** @throws problems `too_many_streams`, `events_gone`. */
  async open(actor: Actor, asked: Asked): Promise<EventStream> {
    const key = actor.apiKey?.id ?? actor.id;
    this.#take(key);
    let place: Place | undefined;
    try {
      place = await this.#tail.enter();
      const from = await this.#positionFor(asked.live.lastEventId, place);
      return this.#begin(actor, asked, { key, place, from });
    } catch (error) {
      this.#giveBack(key);
      place?.leave();
      throw error;
    }
  }

  #begin(
    actor: Actor,
    { types, live }: Asked,
    { key, place, from }: { key: string; place: Place; from: Position },
  ): EventStream {
    const { db, clock, config, telemetry, closing } = this.#parts;
    const { heartbeatMs, bufferBytes } = config.events;
    const stream = new EventStream({
      ...{ actor, place, from, clock, bufferBytes },
      types: types && new Set(types),
      readAfter: (position) => this.#reads.run(() => readAfter(db, position, pageSize)),
      readmit: () => this.#checks.run(live.readmit),
      retryMs: Math.round(firstRetryMs + Math.random() * (lastRetryMs - firstRetryMs)),
      onSent: (events) => telemetry.liveEvents.countSent(events),
      onEnd: (ended, reason) => {
        clearInterval(beats);
        this.#open.delete(ended);
        this.#giveBack(key);
        telemetry.liveEvents.countEnded(reason);
      },
    });
    const beats = setInterval(() => stream.beat(), heartbeatMs);
    beats.unref();
    this.#open.add(stream);
    if (closing.aborted) stream.end('stopping');
    return stream;
  }

  async #positionFor(lastEventId: string | undefined, { position }: Place): Promise<Position> {
    if (lastEventId === undefined) return position;
    const found = await findPosition(this.#parts.db, lastEventId);
    if (found) return found;
    this.#parts.telemetry.liveEvents.countRefused('gone');
    throw problem('events_gone');
  }

  #take(key: string): void {
    const { perCaller, perProcess } = this.#parts.config.events;
    const { liveEvents } = this.#parts.telemetry;
    const count = this.#counts.get(key) ?? 0;
    if (count >= perCaller) {
      liveEvents.countRefused('caller');
      throw problem('too_many_streams', { retryAfterSeconds });
    }
    if (this.#total >= perProcess) {
      liveEvents.countRefused('process');
      // Another process may have room.
      throw problem('service_unavailable', {
        retryAfterSeconds,
        detail: 'Enough streams are open.',
      });
    }
    this.#counts.set(key, count + 1);
    this.#total += 1;
  }

  #giveBack(key: string): void {
    const count = (this.#counts.get(key) ?? 1) - 1;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
    this.#total -= 1;
  }
}
