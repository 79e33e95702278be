// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  NewPasskey,
  Passkey,
  PasskeyChanges,
  PasskeyCreated,
  PasskeyCreation,
  Passkeys,
} from './schemas.ts';

export type PasskeysListInput = Record<string, never>;

export type PasskeysListAnswer =
  | {
      ok: true;
      status: 200;
      body: Passkeys;
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
 * List the own passkeys.
 *
 * Every passkey of the account with its last use.
 *
 * `GET /api/v1/passkeys`. Needs a sign-in.
 */
export function passkeysList(
  connection: Connection,
  input?: PasskeysListInput,
  options?: CallOptions,
): Promise<PasskeysListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/passkeys',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface PasskeysCreateInput {
  body: NewPasskey;
}

export type PasskeysCreateAnswer =
  | {
      ok: true;
      status: 200;
      body: PasskeyCreated;
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
  | Refused<409, 'passkey_exists' | 'too_many_passkeys'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Add a passkey.
 *
 * Adds what the browser has made. From now on it signs in by itself, and each sign-in by
 * password asks for it or another factor.
 *
 * `POST /api/v1/passkeys`. Needs a sign-in.
 */
export function passkeysCreate(
  connection: Connection,
  input: PasskeysCreateInput,
  options?: CallOptions,
): Promise<PasskeysCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/passkeys',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type PasskeysOptionsInput = Record<string, never>;

export type PasskeysOptionsAnswer =
  | {
      ok: true;
      status: 200;
      body: PasskeyCreation;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'reauthentication_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Begin to make a passkey.
 *
 * What the browser needs for it. Good once, for five minutes.
 *
 * `POST /api/v1/passkeys/options`. Needs a sign-in.
 */
export function passkeysOptions(
  connection: Connection,
  input?: PasskeysOptionsInput,
  options?: CallOptions,
): Promise<PasskeysOptionsAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/passkeys/options',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface PasskeysRenameInput {
  /** A UUID. */
  passkeyId: string;
  body: PasskeyChanges;
}

export type PasskeysRenameAnswer =
  | {
      ok: true;
      status: 200;
      body: Passkey;
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
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Rename a passkey.
 *
 * Gives it another name, here and nowhere else.
 *
 * `PATCH /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
 */
export function passkeysRename(
  connection: Connection,
  input: PasskeysRenameInput,
  options?: CallOptions,
): Promise<PasskeysRenameAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/passkeys/{passkeyId}',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface PasskeysRemoveInput {
  /** A UUID. */
  passkeyId: string;
}

export type PasskeysRemoveAnswer =
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
        | 'people_only'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_sign_in_method'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove a passkey.
 *
 * It signs in no more. The last one of an account without a password stays.
 *
 * `DELETE /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
 */
export function passkeysRemove(
  connection: Connection,
  input: PasskeysRemoveInput,
  options?: CallOptions,
): Promise<PasskeysRemoveAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/passkeys/{passkeyId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Keys of the own account on devices, which sign in without a password. */
export interface PasskeysClient {
  /**
   * List the own passkeys.
   *
   * Every passkey of the account with its last use.
   *
   * `GET /api/v1/passkeys`. Needs a sign-in.
   */
  list(input?: PasskeysListInput, options?: CallOptions): Promise<PasskeysListAnswer>;

  /**
   * Add a passkey.
   *
   * Adds what the browser has made. From now on it signs in by itself, and each sign-in by
   * password asks for it or another factor.
   *
   * `POST /api/v1/passkeys`. Needs a sign-in.
   */
  create(input: PasskeysCreateInput, options?: CallOptions): Promise<PasskeysCreateAnswer>;

  /**
   * Begin to make a passkey.
   *
   * What the browser needs for it. Good once, for five minutes.
   *
   * `POST /api/v1/passkeys/options`. Needs a sign-in.
   */
  options(input?: PasskeysOptionsInput, options?: CallOptions): Promise<PasskeysOptionsAnswer>;

  /**
   * Rename a passkey.
   *
   * Gives it another name, here and nowhere else.
   *
   * `PATCH /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
   */
  rename(input: PasskeysRenameInput, options?: CallOptions): Promise<PasskeysRenameAnswer>;

  /**
   * Remove a passkey.
   *
   * It signs in no more. The last one of an account without a password stays.
   *
   * `DELETE /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
   */
  remove(input: PasskeysRemoveInput, options?: CallOptions): Promise<PasskeysRemoveAnswer>;
}

/** Keys of the own account on devices, which sign in without a password. */
export function passkeysClient(connection: Connection): PasskeysClient {
  return bound<PasskeysClient>(connection, {
    list: passkeysList,
    create: passkeysCreate,
    options: passkeysOptions,
    rename: passkeysRename,
    remove: passkeysRemove,
  });
}
