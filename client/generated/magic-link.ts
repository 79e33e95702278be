// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  CookieSignIn,
  LinkRequest,
  LinkRequested,
  LinkSignIn,
  SecondFactorNeeded,
  SignedIn,
  TokenSignIn,
} from './schemas.ts';

export interface MagicLinkRequestInput {
  body: LinkRequest;
}

export type MagicLinkRequestAnswer =
  | {
      ok: true;
      status: 202;
      body: LinkRequested;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'sign_in_method_off'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Ask for a link to sign in.
 *
 * Sends a link that signs in without a password, where this service offers it
 * (`MAGIC_LINK`). The answer is the same for every address, in the same time.
 *
 * `POST /api/v1/magic-link`. Anyone may call it.
 */
export function magicLinkRequest(
  connection: Connection,
  input: MagicLinkRequestInput,
  options?: CallOptions,
): Promise<MagicLinkRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/magic-link',
      answers: { 202: 'json' },
    },
    input,
    options,
  );
}

export interface MagicLinkConfirmInput {
  body: LinkSignIn;
}

export type MagicLinkConfirmAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'sign_in_method_off'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export interface MagicLinkConfirmCookieInput {
  body: LinkSignIn & {
    delivery: 'cookie';
  };
}

export type MagicLinkConfirmCookieAnswer =
  | {
      ok: true;
      status: 200;
      body: CookieSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'sign_in_method_off'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export interface MagicLinkConfirmTokensInput {
  body: LinkSignIn & {
    delivery: 'tokens';
  };
}

export type MagicLinkConfirmTokensAnswer =
  | {
      ok: true;
      status: 200;
      body: TokenSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'sign_in_method_off'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Sign in by link.
 *
 * Starts a session with the token of the mail, or asks for the second factor first (202).
 * It also proves the address.
 *
 * `POST /api/v1/magic-link/confirm`. Anyone may call it.
 */
export function magicLinkConfirm(
  connection: Connection,
  input: MagicLinkConfirmCookieInput,
  options?: CallOptions,
): Promise<MagicLinkConfirmCookieAnswer>;
export function magicLinkConfirm(
  connection: Connection,
  input: MagicLinkConfirmTokensInput,
  options?: CallOptions,
): Promise<MagicLinkConfirmTokensAnswer>;
export function magicLinkConfirm(
  connection: Connection,
  input: MagicLinkConfirmInput,
  options?: CallOptions,
): Promise<MagicLinkConfirmAnswer>;
export function magicLinkConfirm(
  connection: Connection,
  input: MagicLinkConfirmInput,
  options?: CallOptions,
): Promise<MagicLinkConfirmAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/magic-link/confirm',
      answers: { 200: 'json', 202: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

/** Signing in by a link in a mail. */
export interface MagicLinkClient {
  /**
   * Ask for a link to sign in.
   *
   * Sends a link that signs in without a password, where this service offers it
   * (`MAGIC_LINK`). The answer is the same for every address, in the same time.
   *
   * `POST /api/v1/magic-link`. Anyone may call it.
   */
  request(input: MagicLinkRequestInput, options?: CallOptions): Promise<MagicLinkRequestAnswer>;

  /**
   * Sign in by link.
   *
   * Starts a session with the token of the mail, or asks for the second factor first (202).
   * It also proves the address.
   *
   * `POST /api/v1/magic-link/confirm`. Anyone may call it.
   */
  confirm(
    input: MagicLinkConfirmCookieInput,
    options?: CallOptions,
  ): Promise<MagicLinkConfirmCookieAnswer>;
  /**
   * Sign in by link.
   *
   * Starts a session with the token of the mail, or asks for the second factor first (202).
   * It also proves the address.
   *
   * `POST /api/v1/magic-link/confirm`. Anyone may call it.
   */
  confirm(
    input: MagicLinkConfirmTokensInput,
    options?: CallOptions,
  ): Promise<MagicLinkConfirmTokensAnswer>;
  /**
   * Sign in by link.
   *
   * Starts a session with the token of the mail, or asks for the second factor first (202).
   * It also proves the address.
   *
   * `POST /api/v1/magic-link/confirm`. Anyone may call it.
   */
  confirm(input: MagicLinkConfirmInput, options?: CallOptions): Promise<MagicLinkConfirmAnswer>;
}

/** Signing in by a link in a mail. */
export function magicLinkClient(connection: Connection): MagicLinkClient {
  return bound<MagicLinkClient>(connection, {
    request: magicLinkRequest,
    confirm: magicLinkConfirm,
  });
}
