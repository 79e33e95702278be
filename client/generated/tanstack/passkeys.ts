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
  type PasskeysCreateAnswer,
  type PasskeysCreateInput,
  type PasskeysListAnswer,
  type PasskeysOptionsAnswer,
  type PasskeysRemoveAnswer,
  type PasskeysRemoveInput,
  type PasskeysRenameAnswer,
  type PasskeysRenameInput,
  passkeysCreate,
  passkeysList,
  passkeysOptions,
  passkeysRemove,
  passkeysRename,
} from '../passkeys.ts';

/** Everything that was asked of `passkeys`. */
export const passkeysKey: Key = keyOf('passkeys');

/** What the keys of `passkeysListOptions` begin with. */
export function passkeysListKey(): Key {
  return keyOf('passkeys', 'list');
}

/**
 * List the own passkeys.
 *
 * `GET /api/v1/passkeys`. Needs a sign-in.
 */
export function passkeysListOptions(connection: Connection): Query<PasskeysListAnswer> {
  return query(['passkeys', 'list'], passkeysList, connection, {});
}

/**
 * Add a passkey.
 *
 * `POST /api/v1/passkeys`. Needs a sign-in.
 */
export function passkeysCreateMutation(
  connection: Connection,
): Mutation<PasskeysCreateInput, PasskeysCreateAnswer> {
  return mutation(['passkeys', 'create'], passkeysCreate, connection);
}

/**
 * Begin to make a passkey.
 *
 * `POST /api/v1/passkeys/options`. Needs a sign-in.
 */
export function passkeysOptionsMutation(
  connection: Connection,
): Mutation<void, PasskeysOptionsAnswer> {
  return mutation(['passkeys', 'options'], passkeysOptions, connection);
}

/**
 * Rename a passkey.
 *
 * `PATCH /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
 */
export function passkeysRenameMutation(
  connection: Connection,
): Mutation<PasskeysRenameInput, PasskeysRenameAnswer> {
  return mutation(['passkeys', 'rename'], passkeysRename, connection);
}

/**
 * Remove a passkey.
 *
 * `DELETE /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
 */
export function passkeysRemoveMutation(
  connection: Connection,
): Mutation<PasskeysRemoveInput, PasskeysRemoveAnswer> {
  return mutation(['passkeys', 'remove'], passkeysRemove, connection);
}
