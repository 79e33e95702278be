// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { AccountErasure } from './schemas.ts';

export type AccountErasureGetInput = Record<string, never>;

export type AccountErasureGetAnswer =
  | {
      ok: true;
      status: 200;
      body: AccountErasure;
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
 * See whether the own account is erased.
 *
 * Answers the date, where the erasure was asked for.
 *
 * `GET /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureGet(
  connection: Connection,
  input?: AccountErasureGetInput,
  options?: CallOptions,
): Promise<AccountErasureGetAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/account-erasure',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type AccountErasureRequestInput = Record<string, never>;

export type AccountErasureRequestAnswer =
  | {
      ok: true;
      status: 202;
      body: AccountErasure;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'people_only'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_administrator'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Ask for the erasure of the own account.
 *
 * Everything about the account is erased when the time of grace is over. Every other
 * session ends now; until then the account can sign in, and cancel. Asking again changes
 * nothing.
 *
 * `POST /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureRequest(
  connection: Connection,
  input?: AccountErasureRequestInput,
  options?: CallOptions,
): Promise<AccountErasureRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/account-erasure',
      answers: { 202: 'json' },
    },
    input,
    options,
  );
}

export type AccountErasureCancelInput = Record<string, never>;

export type AccountErasureCancelAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
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
 * Keep the own account.
 *
 * Cancels the erasure. Where none was asked for, nothing changes.
 *
 * `DELETE /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureCancel(
  connection: Connection,
  input?: AccountErasureCancelInput,
  options?: CallOptions,
): Promise<AccountErasureCancelAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/account-erasure',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Erasing the own account. */
export interface AccountErasureClient {
  /**
   * See whether the own account is erased.
   *
   * Answers the date, where the erasure was asked for.
   *
   * `GET /api/v1/account-erasure`. Needs a sign-in.
   */
  get(input?: AccountErasureGetInput, options?: CallOptions): Promise<AccountErasureGetAnswer>;

  /**
   * Ask for the erasure of the own account.
   *
   * Everything about the account is erased when the time of grace is over. Every other
   * session ends now; until then the account can sign in, and cancel. Asking again changes
   * nothing.
   *
   * `POST /api/v1/account-erasure`. Needs a sign-in.
   */
  request(
    input?: AccountErasureRequestInput,
    options?: CallOptions,
  ): Promise<AccountErasureRequestAnswer>;

  /**
   * Keep the own account.
   *
   * Cancels the erasure. Where none was asked for, nothing changes.
   *
   * `DELETE /api/v1/account-erasure`. Needs a sign-in.
   */
  cancel(
    input?: AccountErasureCancelInput,
    options?: CallOptions,
  ): Promise<AccountErasureCancelAnswer>;
}

/** Erasing the own account. */
export function accountErasureClient(connection: Connection): AccountErasureClient {
  return bound<AccountErasureClient>(connection, {
    get: accountErasureGet,
    request: accountErasureRequest,
    cancel: accountErasureCancel,
  });
}
