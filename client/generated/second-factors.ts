// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { RecoveryCodes, SecondFactors, TotpConfirmation, TotpEnrolment } from './schemas.ts';

export type SecondFactorsGetInput = Record<string, never>;

export type SecondFactorsGetAnswer =
  | {
      ok: true;
      status: 200;
      body: SecondFactors;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Get the own second factors.
 *
 * What the account has, and whether it must have one.
 *
 * `GET /api/v1/second-factors`. Needs a sign-in.
 */
export function secondFactorsGet(
  connection: Connection,
  input?: SecondFactorsGetInput,
  options?: CallOptions,
): Promise<SecondFactorsGetAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/second-factors',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type SecondFactorsEnrolInput = Record<string, never>;

export type SecondFactorsEnrolAnswer =
  | {
      ok: true;
      status: 200;
      body: TotpEnrolment;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'reauthentication_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'second_factor_exists'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Begin to set up an authenticator app.
 *
 * Answers a new secret, once. It proves nothing before a code of it is confirmed, within
 * an hour; beginning again replaces it.
 *
 * `POST /api/v1/second-factors/totp`. Needs a sign-in.
 */
export function secondFactorsEnrol(
  connection: Connection,
  input?: SecondFactorsEnrolInput,
  options?: CallOptions,
): Promise<SecondFactorsEnrolAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/second-factors/totp',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type SecondFactorsRemoveTotpInput = Record<string, never>;

export type SecondFactorsRemoveTotpAnswer =
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
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'people_only'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove the authenticator app.
 *
 * With the last factor, its recovery codes go, too. An account without one stays as it is.
 *
 * `DELETE /api/v1/second-factors/totp`. Needs a sign-in.
 */
export function secondFactorsRemoveTotp(
  connection: Connection,
  input?: SecondFactorsRemoveTotpInput,
  options?: CallOptions,
): Promise<SecondFactorsRemoveTotpAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/second-factors/totp',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface SecondFactorsConfirmInput {
  body: TotpConfirmation;
}

export type SecondFactorsConfirmAnswer =
  | {
      ok: true;
      status: 200;
      body: RecoveryCodes;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'reauthentication_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'second_factor_missing'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Confirm the authenticator app.
 *
 * From now on each sign-in asks for a second factor. Answers the recovery codes, unless
 * the account has some already: those stay, and none are answered.
 *
 * `POST /api/v1/second-factors/totp/confirm`. Needs a sign-in.
 */
export function secondFactorsConfirm(
  connection: Connection,
  input: SecondFactorsConfirmInput,
  options?: CallOptions,
): Promise<SecondFactorsConfirmAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/second-factors/totp/confirm',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type SecondFactorsRenewCodesInput = Record<string, never>;

export type SecondFactorsRenewCodesAnswer =
  | {
      ok: true;
      status: 200;
      body: RecoveryCodes;
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
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Make new recovery codes.
 *
 * The older ones work no more. They stand in for another factor: an account without one
 * gets none.
 *
 * `POST /api/v1/second-factors/recovery-codes`. Needs a sign-in.
 */
export function secondFactorsRenewCodes(
  connection: Connection,
  input?: SecondFactorsRenewCodesInput,
  options?: CallOptions,
): Promise<SecondFactorsRenewCodesAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/second-factors/recovery-codes',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface SecondFactorsResetInput {
  /** A UUID. */
  userId: string;
}

export type SecondFactorsResetAnswer =
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
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'own_account_protected'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove an account's second factors.
 *
 * For somebody who lost them: every factor and recovery code is gone, and all sessions
 * end. The owner is told by mail.
 *
 * `DELETE /api/v1/users/{userId}/second-factors`. Needs the permission `users:manage`.
 */
export function secondFactorsReset(
  connection: Connection,
  input: SecondFactorsResetInput,
  options?: CallOptions,
): Promise<SecondFactorsResetAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}/second-factors',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** What the own account proves beside a password: an app, recovery codes. */
export interface SecondFactorsClient {
  /**
   * Get the own second factors.
   *
   * What the account has, and whether it must have one.
   *
   * `GET /api/v1/second-factors`. Needs a sign-in.
   */
  get(input?: SecondFactorsGetInput, options?: CallOptions): Promise<SecondFactorsGetAnswer>;

  /**
   * Begin to set up an authenticator app.
   *
   * Answers a new secret, once. It proves nothing before a code of it is confirmed, within
   * an hour; beginning again replaces it.
   *
   * `POST /api/v1/second-factors/totp`. Needs a sign-in.
   */
  enrol(input?: SecondFactorsEnrolInput, options?: CallOptions): Promise<SecondFactorsEnrolAnswer>;

  /**
   * Remove the authenticator app.
   *
   * With the last factor, its recovery codes go, too. An account without one stays as it is.
   *
   * `DELETE /api/v1/second-factors/totp`. Needs a sign-in.
   */
  removeTotp(
    input?: SecondFactorsRemoveTotpInput,
    options?: CallOptions,
  ): Promise<SecondFactorsRemoveTotpAnswer>;

  /**
   * Confirm the authenticator app.
   *
   * From now on each sign-in asks for a second factor. Answers the recovery codes, unless
   * the account has some already: those stay, and none are answered.
   *
   * `POST /api/v1/second-factors/totp/confirm`. Needs a sign-in.
   */
  confirm(
    input: SecondFactorsConfirmInput,
    options?: CallOptions,
  ): Promise<SecondFactorsConfirmAnswer>;

  /**
   * Make new recovery codes.
   *
   * The older ones work no more. They stand in for another factor: an account without one
   * gets none.
   *
   * `POST /api/v1/second-factors/recovery-codes`. Needs a sign-in.
   */
  renewCodes(
    input?: SecondFactorsRenewCodesInput,
    options?: CallOptions,
  ): Promise<SecondFactorsRenewCodesAnswer>;

  /**
   * Remove an account's second factors.
   *
   * For somebody who lost them: every factor and recovery code is gone, and all sessions
   * end. The owner is told by mail.
   *
   * `DELETE /api/v1/users/{userId}/second-factors`. Needs the permission `users:manage`.
   */
  reset(input: SecondFactorsResetInput, options?: CallOptions): Promise<SecondFactorsResetAnswer>;
}

/** What the own account proves beside a password: an app, recovery codes. */
export function secondFactorsClient(connection: Connection): SecondFactorsClient {
  return bound<SecondFactorsClient>(connection, {
    get: secondFactorsGet,
    enrol: secondFactorsEnrol,
    removeTotp: secondFactorsRemoveTotp,
    confirm: secondFactorsConfirm,
    renewCodes: secondFactorsRenewCodes,
    reset: secondFactorsReset,
  });
}
