import type * as z from 'zod';
import { accountEvents } from './events/accounts.ts';
import { programEvents } from './events/programs.ts';
import { serviceEvents } from './events/service.ts';
import { signInEvents } from './events/sign-ins.ts';
import type { EventKind } from './kit/events.ts';

/**
 * Everything that is told outside of the request in which it happens, by what it is about: ids and
 * names of fields, never personal data. Those of a service that grows from this one stand here
 * themselves.
 */
export const events = {
  ...accountEvents,
  ...signInEvents,
  ...programEvents,
  ...serviceEvents,
} satisfies Record<string, EventKind<unknown>>;

type Events = typeof events;

export type EventName = keyof Events;

export const eventNames = Object.keys(events) as [EventName, ...EventName[]];

export type EventData<Name extends EventName> = z.output<Events[Name]['data']>;

/** An event before it has an id and an instant. */
export type NewEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly data: EventData<Name> };
}[EventName];
