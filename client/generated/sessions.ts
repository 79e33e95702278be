// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { OwnSessions, SessionsEnded } from './schemas.ts';

export type SessionsListInput = Record<string, never>;

export type SessionsListAnswer =
  | {
      ok: true;
      status: 200;
      body: OwnSessions;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the own sessions.
 *
 * Every device on which the account is signed in, with its last use.
 *
 * `GET /api/v1/sessions`. Needs a sign-in.
 */
export function sessionsList(
  connection: Connection,
  input?: SessionsListInput,
  options?: CallOptions,
): Promise<SessionsListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/sessions',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface SessionsEndInput {
  /** A UUID. */
  sessionId: string;
}

export type SessionsEndAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * End one of the own sessions.
 *
 * Its cookie and its tokens stop working on every server. Where it is the session of this
 * request, in a browser, the cookie is taken away, too.
 *
 * `DELETE /api/v1/sessions/{sessionId}`. Needs a sign-in.
 */
export function sessionsEnd(
  connection: Connection,
  input: SessionsEndInput,
  options?: CallOptions,
): Promise<SessionsEndAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/sessions/{sessionId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export type SessionsEndOthersInput = Record<string, never>;

export type SessionsEndOthersAnswer =
  | {
      ok: true;
      status: 200;
      body: SessionsEnded;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * End the other own sessions.
 *
 * Ends every session of the account but the one of this request.
 *
 * `POST /api/v1/sessions/end-others`. Needs a sign-in.
 */
export function sessionsEndOthers(
  connection: Connection,
  input?: SessionsEndOthersInput,
  options?: CallOptions,
): Promise<SessionsEndOthersAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/sessions/end-others',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type SessionsEndAllInput = Record<string, never>;

export type SessionsEndAllAnswer =
  | {
      ok: true;
      status: 200;
      body: SessionsEnded;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * End all own sessions.
 *
 * Ends every session of the account, the one of this request included; a browser loses its
 * cookie.
 *
 * `POST /api/v1/sessions/end-all`. Needs a sign-in.
 */
export function sessionsEndAll(
  connection: Connection,
  input?: SessionsEndAllInput,
  options?: CallOptions,
): Promise<SessionsEndAllAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/sessions/end-all',
      answers: { 200: 'json' },
      credentials: 'forget',
    },
    input,
    options,
  );
}

/** Where the own account is signed in. */
export interface SessionsClient {
  /**
   * List the own sessions.
   *
   * Every device on which the account is signed in, with its last use.
   *
   * `GET /api/v1/sessions`. Needs a sign-in.
   */
  list(input?: SessionsListInput, options?: CallOptions): Promise<SessionsListAnswer>;

  /**
   * End one of the own sessions.
   *
   * Its cookie and its tokens stop working on every server. Where it is the session of this
   * request, in a browser, the cookie is taken away, too.
   *
   * `DELETE /api/v1/sessions/{sessionId}`. Needs a sign-in.
   */
  end(input: SessionsEndInput, options?: CallOptions): Promise<SessionsEndAnswer>;

  /**
   * End the other own sessions.
   *
   * Ends every session of the account but the one of this request.
   *
   * `POST /api/v1/sessions/end-others`. Needs a sign-in.
   */
  endOthers(
    input?: SessionsEndOthersInput,
    options?: CallOptions,
  ): Promise<SessionsEndOthersAnswer>;

  /**
   * End all own sessions.
   *
   * Ends every session of the account, the one of this request included; a browser loses its
   * cookie.
   *
   * `POST /api/v1/sessions/end-all`. Needs a sign-in.
   */
  endAll(input?: SessionsEndAllInput, options?: CallOptions): Promise<SessionsEndAllAnswer>;
}

/** Where the own account is signed in. */
export function sessionsClient(connection: Connection): SessionsClient {
  return bound<SessionsClient>(connection, {
    list: sessionsList,
    end: sessionsEnd,
    endOthers: sessionsEndOthers,
    endAll: sessionsEndAll,
  });
}
