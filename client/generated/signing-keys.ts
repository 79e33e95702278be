// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { KeySet } from './schemas.ts';

export type SigningKeysListInput = Record<string, never>;

export type SigningKeysListAnswer =
  | {
      ok: true;
      status: 200;
      body: KeySet;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the public keys.
 *
 * The JSON Web Key Set with which other services verify access tokens offline.
 *
 * `GET /.well-known/jwks.json`. Anyone may call it.
 */
export function signingKeysList(
  connection: Connection,
  input?: SigningKeysListInput,
  options?: CallOptions,
): Promise<SigningKeysListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/.well-known/jwks.json',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/** The public keys that verify access tokens. */
export interface SigningKeysClient {
  /**
   * List the public keys.
   *
   * The JSON Web Key Set with which other services verify access tokens offline.
   *
   * `GET /.well-known/jwks.json`. Anyone may call it.
   */
  list(input?: SigningKeysListInput, options?: CallOptions): Promise<SigningKeysListAnswer>;
}

/** The public keys that verify access tokens. */
export function signingKeysClient(connection: Connection): SigningKeysClient {
  return bound<SigningKeysClient>(connection, {
    list: signingKeysList,
  });
}
