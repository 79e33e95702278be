// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { Identities } from './schemas.ts';

export type IdentitiesListInput = Record<string, never>;

export type IdentitiesListAnswer =
  | {
      ok: true;
      status: 200;
      body: Identities;
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
 * List the own identities.
 *
 * Every identity at a provider that signs in to the account.
 *
 * `GET /api/v1/identities`. Needs a sign-in.
 */
export function identitiesList(
  connection: Connection,
  input?: IdentitiesListInput,
  options?: CallOptions,
): Promise<IdentitiesListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/identities',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface IdentitiesUnlinkInput {
  /** A UUID. */
  identityId: string;
}

export type IdentitiesUnlinkAnswer =
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
      'cross_site_request' | 'people_only' | 'reauthentication_required' | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_sign_in_method'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Unlink an identity.
 *
 * It signs in to the account no more. The last way to sign in stays. The owner is told by
 * mail.
 *
 * `DELETE /api/v1/identities/{identityId}`. Needs a sign-in.
 */
export function identitiesUnlink(
  connection: Connection,
  input: IdentitiesUnlinkInput,
  options?: CallOptions,
): Promise<IdentitiesUnlinkAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/identities/{identityId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Who the own account is at identity providers. */
export interface IdentitiesClient {
  /**
   * List the own identities.
   *
   * Every identity at a provider that signs in to the account.
   *
   * `GET /api/v1/identities`. Needs a sign-in.
   */
  list(input?: IdentitiesListInput, options?: CallOptions): Promise<IdentitiesListAnswer>;

  /**
   * Unlink an identity.
   *
   * It signs in to the account no more. The last way to sign in stays. The owner is told by
   * mail.
   *
   * `DELETE /api/v1/identities/{identityId}`. Needs a sign-in.
   */
  unlink(input: IdentitiesUnlinkInput, options?: CallOptions): Promise<IdentitiesUnlinkAnswer>;
}

/** Who the own account is at identity providers. */
export function identitiesClient(connection: Connection): IdentitiesClient {
  return bound<IdentitiesClient>(connection, {
    list: identitiesList,
    unlink: identitiesUnlink,
  });
}
