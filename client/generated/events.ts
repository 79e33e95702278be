// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders, AnswerStream } from '../runtime/platform.ts';

export interface EventsFollowInput {
  /** Only events of these kinds, separated by commas. */
  types?: string | undefined;
  /**
   * The `id` of the last event that the caller has seen: what was missed since comes first.
   * Browsers send it by themselves when they connect again.
   */
  lastEventId?: string | undefined;
}

export type EventsFollowAnswer =
  | {
      ok: true;
      status: 200;
      body: AnswerStream;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'events_gone'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited' | 'too_many_streams'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Follow what happens, live.
 *
 * Server-Sent Events (WHATWG HTML, 9.2): each has the `id` of the event, its type as
 * `event`, and its envelope in JSON as `data`. A person hears of the own account, and
 * whoever holds the permission of a kind hears all of it. The stream ends with the
 * sign-in, or whenever the service wants; whoever comes back with `Last-Event-Id` misses
 * nothing.
 *
 * `GET /api/v1/events`. Needs a sign-in.
 */
export function eventsFollow(
  connection: Connection,
  input?: EventsFollowInput,
  options?: CallOptions,
): Promise<EventsFollowAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/events',
      answers: { 200: 'text/event-stream' },
      headers: { lastEventId: 'last-event-id' },
    },
    input,
    options,
  );
}

/** What happens, told as it does. */
export interface EventsClient {
  /**
   * Follow what happens, live.
   *
   * Server-Sent Events (WHATWG HTML, 9.2): each has the `id` of the event, its type as
   * `event`, and its envelope in JSON as `data`. A person hears of the own account, and
   * whoever holds the permission of a kind hears all of it. The stream ends with the
   * sign-in, or whenever the service wants; whoever comes back with `Last-Event-Id` misses
   * nothing.
   *
   * `GET /api/v1/events`. Needs a sign-in.
   */
  follow(input?: EventsFollowInput, options?: CallOptions): Promise<EventsFollowAnswer>;
}

/** What happens, told as it does. */
export function eventsClient(connection: Connection): EventsClient {
  return bound<EventsClient>(connection, {
    follow: eventsFollow,
  });
}
