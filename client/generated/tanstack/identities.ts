// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Query,
  keyOf,
  mutation,
  query,
} from '../../runtime/queries.ts';
import {
  type IdentitiesListAnswer,
  type IdentitiesUnlinkAnswer,
  type IdentitiesUnlinkInput,
  identitiesList,
  identitiesUnlink,
} from '../identities.ts';

/** Everything that was asked of `identities`. */
export const identitiesKey: Key = keyOf('identities');

/** What the keys of `identitiesListOptions` begin with. */
export function identitiesListKey(): Key {
  return keyOf('identities', 'list');
}

/**
 * List the own identities.
 *
 * `GET /api/v1/identities`. Needs a sign-in.
 */
export function identitiesListOptions(connection: Connection): Query<IdentitiesListAnswer> {
  return query(['identities', 'list'], identitiesList, connection, {});
}

/**
 * Unlink an identity.
 *
 * `DELETE /api/v1/identities/{identityId}`. Needs a sign-in.
 */
export function identitiesUnlinkMutation(
  connection: Connection,
): Mutation<IdentitiesUnlinkInput, IdentitiesUnlinkAnswer> {
  return mutation(['identities', 'unlink'], identitiesUnlink, connection);
}
