// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { EmailChange, EmailChangeRequested, EmailProof } from './schemas.ts';

export interface EmailChangeRequestInput {
  body: EmailChange;
}

export type EmailChangeRequestAnswer =
  | {
      ok: true;
      status: 202;
      body: EmailChangeRequested;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
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
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Ask to change the own e-mail address.
 *
 * Sends a link to the new address; the old one stays until it is used. The answer is the
 * same whether or not the address belongs to an account: its owner is told by mail. A
 * later request replaces this one.
 *
 * `POST /api/v1/email-change`. Needs a sign-in.
 */
export function emailChangeRequest(
  connection: Connection,
  input: EmailChangeRequestInput,
  options?: CallOptions,
): Promise<EmailChangeRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/email-change',
      answers: { 202: 'json' },
    },
    input,
    options,
  );
}

export interface EmailChangeConfirmInput {
  body: EmailProof;
}

export type EmailChangeConfirmAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Prove the new e-mail address.
 *
 * Takes the token of the mail to the new address, which is the account’s from now on.
 * Every session but the one that asked ends. The old address is told, and can take the
 * change back.
 *
 * `POST /api/v1/email-change/confirm`. Anyone may call it.
 */
export function emailChangeConfirm(
  connection: Connection,
  input: EmailChangeConfirmInput,
  options?: CallOptions,
): Promise<EmailChangeConfirmAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/email-change/confirm',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface EmailChangeRevertInput {
  body: EmailProof;
}

export type EmailChangeRevertAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Take a change of the e-mail address back.
 *
 * Takes the token of the mail to the old address, which is the account’s again, and
 * proven. Every session ends, every other link and the password work no more, and a link
 * to set a new one is sent there.
 *
 * `POST /api/v1/email-change/revert`. Anyone may call it.
 */
export function emailChangeRevert(
  connection: Connection,
  input: EmailChangeRevertInput,
  options?: CallOptions,
): Promise<EmailChangeRevertAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/email-change/revert',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Another e-mail address for the own account, with proof and a way back. */
export interface EmailChangeClient {
  /**
   * Ask to change the own e-mail address.
   *
   * Sends a link to the new address; the old one stays until it is used. The answer is the
   * same whether or not the address belongs to an account: its owner is told by mail. A
   * later request replaces this one.
   *
   * `POST /api/v1/email-change`. Needs a sign-in.
   */
  request(input: EmailChangeRequestInput, options?: CallOptions): Promise<EmailChangeRequestAnswer>;

  /**
   * Prove the new e-mail address.
   *
   * Takes the token of the mail to the new address, which is the account’s from now on.
   * Every session but the one that asked ends. The old address is told, and can take the
   * change back.
   *
   * `POST /api/v1/email-change/confirm`. Anyone may call it.
   */
  confirm(input: EmailChangeConfirmInput, options?: CallOptions): Promise<EmailChangeConfirmAnswer>;

  /**
   * Take a change of the e-mail address back.
   *
   * Takes the token of the mail to the old address, which is the account’s again, and
   * proven. Every session ends, every other link and the password work no more, and a link
   * to set a new one is sent there.
   *
   * `POST /api/v1/email-change/revert`. Anyone may call it.
   */
  revert(input: EmailChangeRevertInput, options?: CallOptions): Promise<EmailChangeRevertAnswer>;
}

/** Another e-mail address for the own account, with proof and a way back. */
export function emailChangeClient(connection: Connection): EmailChangeClient {
  return bound<EmailChangeClient>(connection, {
    request: emailChangeRequest,
    confirm: emailChangeConfirm,
    revert: emailChangeRevert,
  });
}
