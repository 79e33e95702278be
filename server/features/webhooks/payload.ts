import type { Event } from '../../../contract/events/event.ts';
import { events } from '../../../contract/events.ts';
import type { PublishedEvent } from '../../platform/events/subscriber.ts';

/** What is signed and sent, to the byte. `test` where nothing has happened. */
export function bodyOf(event: Event, mark: { readonly test?: true } = {}): string {
  return JSON.stringify({ ...event, ...mark });
}

/** What an event is about; one that names nothing is about itself. */
export function subjectOf({
  id,
  name,
  data,
}: Pick<PublishedEvent, 'id' | 'name' | 'data'>): string {
  const subject = (data as Readonly<Record<string, unknown>>)[events[name].subject];
  return typeof subject === 'string' ? subject : id;
}
