// `@charter/client/events`: what the service tells by itself, to webhooks and along streams.
import { type Event, eventTypes } from './generated/event-catalogue.ts';
import type { Connection } from './runtime/connection.ts';
import { follow } from './runtime/event-stream.ts';
import type { Signal } from './runtime/platform.ts';

export * from './generated/event-catalogue.ts';
export * from './generated/events.ts';

/** `'account.created'` and all the others. */
export type EventType = Event['type'];

/** `EventOf<'account.created'>`: the event of a type, or of several. */
export type EventOf<Type extends EventType> = Extract<Event, { readonly type: Type }>;

/** Whether this client knows what it is: a service of a later release tells more. */
export function isKnownEvent(event: { readonly type: string }): event is Event {
  return (eventTypes as readonly string[]).includes(event.type);
}

export interface EventStreamOptions<Type extends EventType = EventType> {
  /** Only these kinds. All that the caller may hear of, when left out. */
  readonly types?: readonly Type[] | undefined;
  /** The `id` of the last event that was seen: what was missed since comes first. */
  readonly lastEventId?: string | undefined;
  /** Ends it. */
  readonly signal?: Signal | undefined;
}

/**
 * Events as they happen:
 *
 *     for await (const event of eventStream(connection, { types: ['session.ended'] })) { … }
 *
 * A connection that is lost is opened anew, and goes on behind the last event that came: each comes once.
 * It ends when `signal` aborts. A refusal that another try would not change is thrown as `ProblemError`:
 * the sign-in has ended (401), or what was missed is no longer kept (410, `events_gone`).
 */
export function eventStream<Type extends EventType = EventType>(
  connection: Connection,
  options: EventStreamOptions<Type> = {},
): AsyncGenerator<EventOf<Type>, void, undefined> {
  return follow(connection, options) as AsyncGenerator<EventOf<Type>, void, undefined>;
}
