// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { LinkRequest, LinkRequested, PasswordReset } from './schemas.ts';

export interface PasswordResetRequestInput {
  body: LinkRequest;
}

export type PasswordResetRequestAnswer =
  | {
      ok: true;
      status: 202;
      body: LinkRequested;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Ask for a link to set a new password.
 *
 * Sends a link to the address, if it belongs to an account that may sign in. The answer is
 * the same for every address, in the same time.
 *
 * `POST /api/v1/password-reset`. Anyone may call it.
 */
export function passwordResetRequest(
  connection: Connection,
  input: PasswordResetRequestInput,
  options?: CallOptions,
): Promise<PasswordResetRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/password-reset',
      answers: { 202: 'json' },
    },
    input,
    options,
  );
}

export interface PasswordResetConfirmInput {
  body: PasswordReset;
}

export type PasswordResetConfirmAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Set a new password by link.
 *
 * Sets the password and ends every session of the account. It also proves the address.
 * Second factors stay, and are asked for at the next sign-in.
 *
 * `POST /api/v1/password-reset/confirm`. Anyone may call it.
 */
export function passwordResetConfirm(
  connection: Connection,
  input: PasswordResetConfirmInput,
  options?: CallOptions,
): Promise<PasswordResetConfirmAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/password-reset/confirm',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface PasswordResetSendInput {
  /** A UUID. */
  userId: string;
}

export type PasswordResetSendAnswer =
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
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'account_inactive' | 'idempotency_key_in_use'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Send somebody a link to set a new password.
 *
 * Sends the link to the address of the account. Until it is used, nothing changes: no
 * administrator chooses or learns a password.
 *
 * `POST /api/v1/password-reset/{userId}`. Needs the permission `users:manage`.
 */
export function passwordResetSend(
  connection: Connection,
  input: PasswordResetSendInput,
  options?: CallOptions,
): Promise<PasswordResetSendAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/password-reset/{userId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
    keyed,
  );
}

/** A new password for whoever forgot theirs, by a link in a mail. */
export interface PasswordResetClient {
  /**
   * Ask for a link to set a new password.
   *
   * Sends a link to the address, if it belongs to an account that may sign in. The answer is
   * the same for every address, in the same time.
   *
   * `POST /api/v1/password-reset`. Anyone may call it.
   */
  request(
    input: PasswordResetRequestInput,
    options?: CallOptions,
  ): Promise<PasswordResetRequestAnswer>;

  /**
   * Set a new password by link.
   *
   * Sets the password and ends every session of the account. It also proves the address.
   * Second factors stay, and are asked for at the next sign-in.
   *
   * `POST /api/v1/password-reset/confirm`. Anyone may call it.
   */
  confirm(
    input: PasswordResetConfirmInput,
    options?: CallOptions,
  ): Promise<PasswordResetConfirmAnswer>;

  /**
   * Send somebody a link to set a new password.
   *
   * Sends the link to the address of the account. Until it is used, nothing changes: no
   * administrator chooses or learns a password.
   *
   * `POST /api/v1/password-reset/{userId}`. Needs the permission `users:manage`.
   */
  send(input: PasswordResetSendInput, options?: CallOptions): Promise<PasswordResetSendAnswer>;
}

/** A new password for whoever forgot theirs, by a link in a mail. */
export function passwordResetClient(connection: Connection): PasswordResetClient {
  return bound<PasswordResetClient>(connection, {
    request: passwordResetRequest,
    confirm: passwordResetConfirm,
    send: passwordResetSend,
  });
}
