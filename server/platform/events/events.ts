import * as z from 'zod';
import { type EventName, events, type NewEvent } from '../../../contract/events.ts';
import { type Clock, daySeconds, secondsAfter } from '../clock.ts';
import { AppModel } from '../db/app-model.ts';
import type { Database } from '../db/connect.ts';
import { purge } from '../db/purge.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import { job, onSchedule, type Work, works } from '../jobs/job.ts';
import type { Queue } from '../jobs/queue.ts';
import { findCall } from '../observability/call-context.ts';
import { EventIds } from './event-ids.ts';
import type { PublishedEvent, Subscriber } from './subscriber.ts';

/** The outbox: what happened, written in the transaction in which it did. */
class EventRow extends AppModel {
  static override tableName = 'events';
  declare name: EventName;
  declare version: number;
  declare data: PublishedEvent['data'];
  declare occurredAt: Date;
  declare requestId: string | null;
}

const deliver = job('events.deliver', z.object({ eventId: z.uuid(), subscriber: z.string() }));

const purgeOld = job('events.purge', z.object({}).strict());

/** Longer than a job is tried, and than whoever asks for what they missed may be away. */
const keepDays = 30;

/** Tells what happened: a row for each event, and a job for each subscriber. */
export class Events {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #queue: Queue;
  readonly #ids = new EventIds();
  readonly #subscribers = new Map<string, Subscriber>();

  constructor(db: Database, clock: Clock, queue: Queue) {
    this.#db = db;
    this.#clock = clock;
    this.#queue = queue;
  }

  introduce(subscribers: readonly Subscriber[]): void {
    for (const subscriber of subscribers) this.#subscribers.set(subscriber.name, subscriber);
  }

  /** The job that brings an event to its subscriber, and the end of old ones. */
  works(): Work[] {
    return [
      works(deliver, ({ data }) => this.#deliver(data.eventId, data.subscriber)),
      onSchedule(purgeOld, '37 * * * *', ({ signal }) => this.#purge(signal)),
    ];
  }

  async publish(tx: UnitOfWork, ...published: readonly NewEvent[]): Promise<void> {
    if (published.length === 0) return;
    const rows = published.map(({ name, data }) => ({
      id: this.#ids.next(),
      ...rowOf(tx, name, data),
    }));
    await EventRow.query(tx).insert(rows);
    for (const { id, name, data } of rows) {
      for (const { event, name: subscriber, concerns } of this.#subscribers.values()) {
        if (event !== name || concerns?.(data) === false) continue;
        await this.#queue.enqueue(tx, deliver, { eventId: id, subscriber });
      }
    }
  }

  #purge(signal: AbortSignal): Promise<void> {
    const before = secondsAfter(this.#clock.now(), -keepDays * daySeconds);
    const old = { table: 'events', key: 'id', column: 'occurredAt', before, signal };
    return purge(this.#db, old);
  }

  /** An event that was purged, or a subscriber of a release that is gone, leaves nothing to do. */
  async #deliver(eventId: string, name: string): Promise<void> {
    const subscriber = this.#subscribers.get(name);
    const event = await EventRow.query(this.#db).findById(eventId);
    if (subscriber && event) await subscriber.hear(event);
  }
}

function rowOf(tx: UnitOfWork, name: EventName, data: NewEvent['data']) {
  const { version, data: schema } = events[name];
  return {
    name,
    version,
    data: schema.parse(data) as EventRow['data'],
    occurredAt: tx.now,
    requestId: findCall()?.id ?? null,
  };
}
