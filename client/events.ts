// `@charter/client/events`: what the service tells by itself, to webhooks and along streams.
import { type Event, eventTypes } from './generated/event-catalogue.ts';

export * from './generated/event-catalogue.ts';

/** `'account.created'` and all the others. */
export type EventType = Event['type'];

/** `EventOf<'account.created'>`: the event of a type, or of several. */
export type EventOf<Type extends EventType> = Extract<Event, { readonly type: Type }>;

/** Whether this client knows what it is: a service of a later release tells more. */
export function isKnownEvent(event: { readonly type: string }): event is Event {
  return (eventTypes as readonly string[]).includes(event.type);
}
