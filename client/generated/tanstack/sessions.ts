// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Query,
  keyOf,
  mutation,
  query,
} from '../../runtime/queries.ts';
import {
  type SessionsEndAllAnswer,
  type SessionsEndAnswer,
  type SessionsEndInput,
  type SessionsEndOthersAnswer,
  type SessionsListAnswer,
  sessionsEnd,
  sessionsEndAll,
  sessionsEndOthers,
  sessionsList,
} from '../sessions.ts';

/** Everything that was asked of `sessions`. */
export const sessionsKey: Key = keyOf('sessions');

/** What the keys of `sessionsListOptions` begin with. */
export function sessionsListKey(): Key {
  return keyOf('sessions', 'list');
}

/**
 * List the own sessions.
 *
 * `GET /api/v1/sessions`. Needs a sign-in.
 */
export function sessionsListOptions(connection: Connection): Query<SessionsListAnswer> {
  return query(['sessions', 'list'], sessionsList, connection, {});
}

/**
 * End one of the own sessions.
 *
 * `DELETE /api/v1/sessions/{sessionId}`. Needs a sign-in.
 */
export function sessionsEndMutation(
  connection: Connection,
): Mutation<SessionsEndInput, SessionsEndAnswer> {
  return mutation(['sessions', 'end'], sessionsEnd, connection);
}

/**
 * End the other own sessions.
 *
 * `POST /api/v1/sessions/end-others`. Needs a sign-in.
 */
export function sessionsEndOthersMutation(
  connection: Connection,
): Mutation<void, SessionsEndOthersAnswer> {
  return mutation(['sessions', 'endOthers'], sessionsEndOthers, connection);
}

/**
 * End all own sessions.
 *
 * `POST /api/v1/sessions/end-all`. Needs a sign-in.
 */
export function sessionsEndAllMutation(
  connection: Connection,
): Mutation<void, SessionsEndAllAnswer> {
  return mutation(['sessions', 'endAll'], sessionsEndAll, connection, [keyOf()]);
}
