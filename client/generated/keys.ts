// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection, Operation } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { KeySet } from './schemas.ts';

export type KeysListInput = Record<string, never>;

export type KeysListAnswer =
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

const keysListOperation: Operation = {
  method: 'GET',
  path: '/.well-known/jwks.json',
  answers: { 200: 'json' },
};

/**
 * List the public keys.
 *
 * The JSON Web Key Set with which other services verify access tokens offline.
 *
 * `GET /.well-known/jwks.json`. Anyone may call it.
 */
export function keysList(
  connection: Connection,
  input?: KeysListInput,
  options?: CallOptions,
): Promise<KeysListAnswer> {
  return call(connection, keysListOperation, input, options);
}

/** The public keys that verify access tokens. */
export interface KeysClient {
  /**
   * List the public keys.
   *
   * The JSON Web Key Set with which other services verify access tokens offline.
   *
   * `GET /.well-known/jwks.json`. Anyone may call it.
   */
  list(input?: KeysListInput, options?: CallOptions): Promise<KeysListAnswer>;
}

/** The public keys that verify access tokens. */
export function keysClient(connection: Connection): KeysClient {
  return {
    list: (input, options) => keysList(connection, input, options),
  };
}
