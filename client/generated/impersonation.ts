// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { NewImpersonation, SignedIn } from './schemas.ts';

export interface ImpersonationStartInput {
  /** A UUID. */
  userId: string;
  body: NewImpersonation;
}

export type ImpersonationStartAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'own_account_protected'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'account_inactive'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Act as another account.
 *
 * Begins a session in which the caller acts as the account, delivered as the own one is.
 * It ends by itself after a quarter of an hour (`IMPERSONATION_MINUTES`), and with the own
 * session; it may do what both may, and nothing that only the person should
 * (`x-in-person`). Nobody acts as an account with more rights than their own. The audit
 * names both, and the person is told by mail.
 *
 * `POST /api/v1/impersonation/{userId}`. Needs the permission `users:impersonate`.
 */
export function impersonationStart(
  connection: Connection,
  input: ImpersonationStartInput,
  options?: CallOptions,
): Promise<ImpersonationStartAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/impersonation/{userId}',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export type ImpersonationEndInput = Record<string, never>;

export type ImpersonationEndAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'not_impersonating'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Act as oneself again.
 *
 * Ends the session of this request, and hands out the own one from which it was begun: by
 * cookie or tokens, as it was. It is no more recent than it was.
 *
 * `DELETE /api/v1/impersonation`. Needs a sign-in.
 */
export function impersonationEnd(
  connection: Connection,
  input?: ImpersonationEndInput,
  options?: CallOptions,
): Promise<ImpersonationEndAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/impersonation',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

/** Acting as another account for a while, for those who may. */
export interface ImpersonationClient {
  /**
   * Act as another account.
   *
   * Begins a session in which the caller acts as the account, delivered as the own one is.
   * It ends by itself after a quarter of an hour (`IMPERSONATION_MINUTES`), and with the own
   * session; it may do what both may, and nothing that only the person should
   * (`x-in-person`). Nobody acts as an account with more rights than their own. The audit
   * names both, and the person is told by mail.
   *
   * `POST /api/v1/impersonation/{userId}`. Needs the permission `users:impersonate`.
   */
  start(input: ImpersonationStartInput, options?: CallOptions): Promise<ImpersonationStartAnswer>;

  /**
   * Act as oneself again.
   *
   * Ends the session of this request, and hands out the own one from which it was begun: by
   * cookie or tokens, as it was. It is no more recent than it was.
   *
   * `DELETE /api/v1/impersonation`. Needs a sign-in.
   */
  end(input?: ImpersonationEndInput, options?: CallOptions): Promise<ImpersonationEndAnswer>;
}

/** Acting as another account for a while, for those who may. */
export function impersonationClient(connection: Connection): ImpersonationClient {
  return bound<ImpersonationClient>(connection, {
    start: impersonationStart,
    end: impersonationEnd,
  });
}
