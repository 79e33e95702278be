import * as z from 'zod';
import { type EventData, type EventName, eventNames, events } from '../events.ts';
import { type Envelope, type EventKind, envelope } from '../kit/events.ts';

// Apart from the catalogue, which every process loads: only whoever writes the document needs this.

/** What leaves the house of each kind, a component of the document each (`AccountCreatedEvent`). */
const envelopes = eventNames.map((name) => envelope(name, events[name] as EventKind<unknown>));

type Envelopes = (typeof envelopes)[number];

export const Event = z.discriminatedUnion('type', envelopes as [Envelopes, ...Envelopes[]]).meta({
  id: 'Event',
  description: 'Something that happened: `type` tells what.',
  examples: envelopes[0]?.meta()?.examples,
});

/** Whatever leaves the house: `type` tells what it is. */
export type Event = {
  readonly [Name in EventName]: Envelope<Name, EventData<Name>>;
}[EventName];
