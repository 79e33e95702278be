// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Pages,
  type Query,
  keyOf,
  mutation,
  pages,
  query,
} from '../../runtime/queries.ts';
import {
  type MeChangePasswordAnswer,
  type MeChangePasswordInput,
  type MeGetAnswer,
  type MeGetAvatarAnswer,
  type MeListActivityAnswer,
  type MeListActivityInput,
  type MeRemoveAvatarAnswer,
  type MeSetAvatarAnswer,
  type MeSetAvatarInput,
  type MeUpdateAnswer,
  type MeUpdateInput,
  meChangePassword,
  meGet,
  meGetAvatar,
  meListActivity,
  meRemoveAvatar,
  meSetAvatar,
  meUpdate,
} from '../me.ts';

/** Everything that was asked of `me`. */
export const meKey: Key = keyOf('me');

/** What the keys of `meGetOptions` begin with. */
export function meGetKey(): Key {
  return keyOf('me', 'get');
}

/**
 * Get the own account.
 *
 * `GET /api/v1/me`. Needs a sign-in.
 */
export function meGetOptions(connection: Connection): Query<MeGetAnswer> {
  return query(['me', 'get'], meGet, connection, {});
}

/**
 * Change the own account.
 *
 * `PATCH /api/v1/me`. Needs a sign-in.
 */
export function meUpdateMutation(connection: Connection): Mutation<MeUpdateInput, MeUpdateAnswer> {
  return mutation(['me', 'update'], meUpdate, connection);
}

/**
 * What the keys of `meListActivityOptions` begin with; without an input, whatever it was
 * asked.
 */
export function meListActivityKey(input?: Partial<MeListActivityInput>): Key {
  return keyOf('me', 'listActivity', input);
}

/**
 * List what happened to the own account.
 *
 * `GET /api/v1/me/activity`. Needs a sign-in.
 */
export function meListActivityOptions(
  connection: Connection,
  input: MeListActivityInput = {},
): Query<MeListActivityAnswer> {
  return query(['me', 'listActivity'], meListActivity, connection, input);
}

/**
 * List what happened to the own account.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/me/activity`. Needs a sign-in.
 */
export function meListActivityInfiniteOptions(
  connection: Connection,
  input: MeListActivityInput = {},
): Pages<MeListActivityAnswer> {
  return pages(['me', 'listActivity'], meListActivity, connection, input);
}

/**
 * Get the own picture.
 *
 * `GET /api/v1/me/avatar`. Needs a sign-in.
 */
export function meGetAvatarMutation(connection: Connection): Mutation<void, MeGetAvatarAnswer> {
  return mutation(['me', 'getAvatar'], meGetAvatar, connection, []);
}

/**
 * Set the own picture.
 *
 * `PUT /api/v1/me/avatar`. Needs a sign-in.
 */
export function meSetAvatarMutation(
  connection: Connection,
): Mutation<MeSetAvatarInput, MeSetAvatarAnswer> {
  return mutation(['me', 'setAvatar'], meSetAvatar, connection);
}

/**
 * Remove the own picture.
 *
 * `DELETE /api/v1/me/avatar`. Needs a sign-in.
 */
export function meRemoveAvatarMutation(
  connection: Connection,
): Mutation<void, MeRemoveAvatarAnswer> {
  return mutation(['me', 'removeAvatar'], meRemoveAvatar, connection);
}

/**
 * Change the own password.
 *
 * `POST /api/v1/me/password`. Needs a sign-in.
 */
export function meChangePasswordMutation(
  connection: Connection,
): Mutation<MeChangePasswordInput, MeChangePasswordAnswer> {
  return mutation(['me', 'changePassword'], meChangePassword, connection);
}
