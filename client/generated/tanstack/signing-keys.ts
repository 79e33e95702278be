// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Query, keyOf, query } from '../../runtime/queries.ts';
import { type SigningKeysListAnswer, signingKeysList } from '../signing-keys.ts';

/** Everything that was asked of `signingKeys`. */
export const signingKeysKey: Key = keyOf('signingKeys');

/** What the keys of `signingKeysListOptions` begin with. */
export function signingKeysListKey(): Key {
  return keyOf('signingKeys', 'list');
}

/**
 * List the public keys.
 *
 * `GET /.well-known/jwks.json`. Anyone may call it.
 */
export function signingKeysListOptions(connection: Connection): Query<SigningKeysListAnswer> {
  return query(['signingKeys', 'list'], signingKeysList, connection, {});
}
