import type { Event } from '../../../contract/events/event.ts';
import type { PublishedEvent } from './subscriber.ts';

/** An event as whoever is outside gets it, by webhook or stream alike. */
export function envelopeOf({ id, name, version, occurredAt, data }: PublishedEvent): Event {
  const timestamp = occurredAt.toISOString();
  // The row was checked by the schema of its kind when it was written.
  return { id, type: name, version, timestamp, data } as Event;
}
