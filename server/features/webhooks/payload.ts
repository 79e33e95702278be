import { type EventName, events } from '../../../contract/events.ts';

export interface Told {
  readonly id: string;
  readonly name: EventName;
  readonly version: number;
  readonly occurredAt: Date;
  readonly data: object;
}

/** What is signed and sent, to the byte. */
export function payloadOf(
  { id, name, version, occurredAt, data }: Told,
  more: object = {},
): string {
  return JSON.stringify({
    ...{ id, type: name, version, timestamp: occurredAt.toISOString(), data },
    ...more,
  });
}

/** What an event is about; one that names nothing is about itself. */
export function subjectOf({ id, name, data }: Pick<Told, 'id' | 'name' | 'data'>): string {
  const subject = (data as Readonly<Record<string, unknown>>)[events[name].subject];
  return typeof subject === 'string' ? subject : id;
}
