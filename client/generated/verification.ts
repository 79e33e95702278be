// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { LinkRequest, LinkRequested, Verification } from './schemas.ts';

export interface VerificationRequestInput {
  body: LinkRequest;
}

export type VerificationRequestAnswer =
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
 * Ask for a verification mail.
 *
 * Sends the link that proves an address once more. The answer is the same for every
 * address, in the same time.
 *
 * `POST /api/v1/verification`. Anyone may call it.
 */
export function verificationRequest(
  connection: Connection,
  input: VerificationRequestInput,
  options?: CallOptions,
): Promise<VerificationRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/verification',
      answers: { 202: 'json' },
    },
    input,
    options,
  );
}

export interface VerificationConfirmInput {
  body: Verification;
}

export type VerificationConfirmAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'username_taken'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Prove an e-mail address.
 *
 * Takes the token of a verification mail. Whoever owns the mailbox owns the account:
 * unless they are signed in to it, what was set before (sessions, factors, the password
 * unless it is the one they give) is gone. A private sign-up becomes an account.
 *
 * `POST /api/v1/verification/confirm`. Anyone may call it; a sign-in may show more.
 */
export function verificationConfirm(
  connection: Connection,
  input: VerificationConfirmInput,
  options?: CallOptions,
): Promise<VerificationConfirmAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/verification/confirm',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Proving that an e-mail address is one’s own. */
export interface VerificationClient {
  /**
   * Ask for a verification mail.
   *
   * Sends the link that proves an address once more. The answer is the same for every
   * address, in the same time.
   *
   * `POST /api/v1/verification`. Anyone may call it.
   */
  request(
    input: VerificationRequestInput,
    options?: CallOptions,
  ): Promise<VerificationRequestAnswer>;

  /**
   * Prove an e-mail address.
   *
   * Takes the token of a verification mail. Whoever owns the mailbox owns the account:
   * unless they are signed in to it, what was set before (sessions, factors, the password
   * unless it is the one they give) is gone. A private sign-up becomes an account.
   *
   * `POST /api/v1/verification/confirm`. Anyone may call it; a sign-in may show more.
   */
  confirm(
    input: VerificationConfirmInput,
    options?: CallOptions,
  ): Promise<VerificationConfirmAnswer>;
}

/** Proving that an e-mail address is one’s own. */
export function verificationClient(connection: Connection): VerificationClient {
  return bound<VerificationClient>(connection, {
    request: verificationRequest,
    confirm: verificationConfirm,
  });
}
