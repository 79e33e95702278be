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
  type UsersActivateAnswer,
  type UsersActivateInput,
  type UsersAssignRoleAnswer,
  type UsersAssignRoleInput,
  type UsersByIdsAnswer,
  type UsersByIdsInput,
  type UsersCreateAnswer,
  type UsersCreateInput,
  type UsersDeactivateAnswer,
  type UsersDeactivateInput,
  type UsersGetAnswer,
  type UsersGetAvatarAnswer,
  type UsersGetAvatarInput,
  type UsersGetInput,
  type UsersListAnswer,
  type UsersListInput,
  type UsersRemoveAnswer,
  type UsersRemoveAvatarAnswer,
  type UsersRemoveAvatarInput,
  type UsersRemoveInput,
  type UsersRestoreAnswer,
  type UsersRestoreInput,
  type UsersStatisticsAnswer,
  type UsersTakeRoleAnswer,
  type UsersTakeRoleInput,
  type UsersUpdateAnswer,
  type UsersUpdateInput,
  usersActivate,
  usersAssignRole,
  usersByIds,
  usersCreate,
  usersDeactivate,
  usersGet,
  usersGetAvatar,
  usersList,
  usersRemove,
  usersRemoveAvatar,
  usersRestore,
  usersStatistics,
  usersTakeRole,
  usersUpdate,
} from '../users.ts';

/** Everything that was asked of `users`. */
export const usersKey: Key = keyOf('users');

/** What the keys of `usersListOptions` begin with; without an input, whatever it was asked. */
export function usersListKey(input?: Partial<UsersListInput>): Key {
  return keyOf('users', 'list', input);
}

/**
 * List accounts.
 *
 * `GET /api/v1/users`. Needs the permission `users:read`.
 */
export function usersListOptions(
  connection: Connection,
  input: UsersListInput = {},
): Query<UsersListAnswer> {
  return query(['users', 'list'], usersList, connection, input);
}

/**
 * List accounts.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/users`. Needs the permission `users:read`.
 */
export function usersListInfiniteOptions(
  connection: Connection,
  input: UsersListInput = {},
): Pages<UsersListAnswer> {
  return pages(['users', 'list'], usersList, connection, input);
}

/**
 * Create an account.
 *
 * `POST /api/v1/users`. Needs the permission `users:manage`.
 */
export function usersCreateMutation(
  connection: Connection,
): Mutation<UsersCreateInput, UsersCreateAnswer> {
  return mutation(['users', 'create'], usersCreate, connection);
}

/**
 * What the keys of `usersByIdsOptions` begin with; without an input, whatever it was
 * asked.
 */
export function usersByIdsKey(input?: Partial<UsersByIdsInput>): Key {
  return keyOf('users', 'byIds', input);
}

/**
 * Get accounts by their ids.
 *
 * `GET /api/v1/users/by-ids`. Needs the permission `users:read`.
 */
export function usersByIdsOptions(
  connection: Connection,
  input: UsersByIdsInput,
): Query<UsersByIdsAnswer> {
  return query(['users', 'byIds'], usersByIds, connection, input);
}

/** What the keys of `usersStatisticsOptions` begin with. */
export function usersStatisticsKey(): Key {
  return keyOf('users', 'statistics');
}

/**
 * Count the accounts.
 *
 * `GET /api/v1/users/statistics`. Needs the permission `users:manage`.
 */
export function usersStatisticsOptions(connection: Connection): Query<UsersStatisticsAnswer> {
  return query(['users', 'statistics'], usersStatistics, connection, {});
}

/** What the keys of `usersGetOptions` begin with; without an input, whatever it was asked. */
export function usersGetKey(input?: Partial<UsersGetInput>): Key {
  return keyOf('users', 'get', input);
}

/**
 * Get an account.
 *
 * `GET /api/v1/users/{userId}`. Needs the permission `users:read`.
 */
export function usersGetOptions(
  connection: Connection,
  input: UsersGetInput,
): Query<UsersGetAnswer> {
  return query(['users', 'get'], usersGet, connection, input);
}

/**
 * Change an account.
 *
 * `PATCH /api/v1/users/{userId}`. Needs the permission `users:manage`.
 */
export function usersUpdateMutation(
  connection: Connection,
): Mutation<UsersUpdateInput, UsersUpdateAnswer> {
  return mutation(['users', 'update'], usersUpdate, connection);
}

/**
 * Remove an account.
 *
 * `DELETE /api/v1/users/{userId}`. Needs the permission `users:manage`.
 */
export function usersRemoveMutation(
  connection: Connection,
): Mutation<UsersRemoveInput, UsersRemoveAnswer> {
  return mutation(['users', 'remove'], usersRemove, connection);
}

/**
 * Get the picture of an account.
 *
 * `GET /api/v1/users/{userId}/avatar`. Needs the permission `users:read`.
 */
export function usersGetAvatarMutation(
  connection: Connection,
): Mutation<UsersGetAvatarInput, UsersGetAvatarAnswer> {
  return mutation(['users', 'getAvatar'], usersGetAvatar, connection, []);
}

/**
 * Remove the picture of an account.
 *
 * `DELETE /api/v1/users/{userId}/avatar`. Needs the permission `users:manage`.
 */
export function usersRemoveAvatarMutation(
  connection: Connection,
): Mutation<UsersRemoveAvatarInput, UsersRemoveAvatarAnswer> {
  return mutation(['users', 'removeAvatar'], usersRemoveAvatar, connection);
}

/**
 * Deactivate an account.
 *
 * `POST /api/v1/users/{userId}/deactivate`. Needs the permission `users:manage`.
 */
export function usersDeactivateMutation(
  connection: Connection,
): Mutation<UsersDeactivateInput, UsersDeactivateAnswer> {
  return mutation(['users', 'deactivate'], usersDeactivate, connection);
}

/**
 * Activate an account.
 *
 * `POST /api/v1/users/{userId}/activate`. Needs the permission `users:manage`.
 */
export function usersActivateMutation(
  connection: Connection,
): Mutation<UsersActivateInput, UsersActivateAnswer> {
  return mutation(['users', 'activate'], usersActivate, connection);
}

/**
 * Restore a removed account.
 *
 * `POST /api/v1/users/{userId}/restore`. Needs the permission `users:manage`.
 */
export function usersRestoreMutation(
  connection: Connection,
): Mutation<UsersRestoreInput, UsersRestoreAnswer> {
  return mutation(['users', 'restore'], usersRestore, connection);
}

/**
 * Give a role to an account.
 *
 * `PUT /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function usersAssignRoleMutation(
  connection: Connection,
): Mutation<UsersAssignRoleInput, UsersAssignRoleAnswer> {
  return mutation(['users', 'assignRole'], usersAssignRole, connection);
}

/**
 * Take a role from an account.
 *
 * `DELETE /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function usersTakeRoleMutation(
  connection: Connection,
): Mutation<UsersTakeRoleInput, UsersTakeRoleAnswer> {
  return mutation(['users', 'takeRole'], usersTakeRole, connection);
}
