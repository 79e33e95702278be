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
  type RolesByNamesAnswer,
  type RolesByNamesInput,
  type RolesCreateAnswer,
  type RolesCreateInput,
  type RolesGetAnswer,
  type RolesGetInput,
  type RolesGrantAnswer,
  type RolesGrantInput,
  type RolesListAnswer,
  type RolesListInput,
  type RolesRemoveAnswer,
  type RolesRemoveInput,
  type RolesRevokeAnswer,
  type RolesRevokeInput,
  type RolesUpdateAnswer,
  type RolesUpdateInput,
  rolesByNames,
  rolesCreate,
  rolesGet,
  rolesGrant,
  rolesList,
  rolesRemove,
  rolesRevoke,
  rolesUpdate,
} from '../roles.ts';

/** Everything that was asked of `roles`. */
export const rolesKey: Key = keyOf('roles');

/** What the keys of `rolesListOptions` begin with; without an input, whatever it was asked. */
export function rolesListKey(input?: Partial<RolesListInput>): Key {
  return keyOf('roles', 'list', input);
}

/**
 * List roles.
 *
 * `GET /api/v1/roles`. Needs the permission `roles:read`.
 */
export function rolesListOptions(
  connection: Connection,
  input: RolesListInput = {},
): Query<RolesListAnswer> {
  return query(['roles', 'list'], rolesList, connection, input);
}

/**
 * List roles.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/roles`. Needs the permission `roles:read`.
 */
export function rolesListInfiniteOptions(
  connection: Connection,
  input: RolesListInput = {},
): Pages<RolesListAnswer> {
  return pages(['roles', 'list'], rolesList, connection, input);
}

/**
 * Create a role.
 *
 * `POST /api/v1/roles`. Needs the permission `roles:manage`.
 */
export function rolesCreateMutation(
  connection: Connection,
): Mutation<RolesCreateInput, RolesCreateAnswer> {
  return mutation(['roles', 'create'], rolesCreate, connection);
}

/**
 * What the keys of `rolesByNamesOptions` begin with; without an input, whatever it was
 * asked.
 */
export function rolesByNamesKey(input?: Partial<RolesByNamesInput>): Key {
  return keyOf('roles', 'byNames', input);
}

/**
 * Get roles by their names.
 *
 * `GET /api/v1/roles/by-names`. Needs the permission `roles:read`.
 */
export function rolesByNamesOptions(
  connection: Connection,
  input: RolesByNamesInput,
): Query<RolesByNamesAnswer> {
  return query(['roles', 'byNames'], rolesByNames, connection, input);
}

/** What the keys of `rolesGetOptions` begin with; without an input, whatever it was asked. */
export function rolesGetKey(input?: Partial<RolesGetInput>): Key {
  return keyOf('roles', 'get', input);
}

/**
 * Get a role.
 *
 * `GET /api/v1/roles/{roleId}`. Needs the permission `roles:read`.
 */
export function rolesGetOptions(
  connection: Connection,
  input: RolesGetInput,
): Query<RolesGetAnswer> {
  return query(['roles', 'get'], rolesGet, connection, input);
}

/**
 * Change a role.
 *
 * `PATCH /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function rolesUpdateMutation(
  connection: Connection,
): Mutation<RolesUpdateInput, RolesUpdateAnswer> {
  return mutation(['roles', 'update'], rolesUpdate, connection);
}

/**
 * Remove a role.
 *
 * `DELETE /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function rolesRemoveMutation(
  connection: Connection,
): Mutation<RolesRemoveInput, RolesRemoveAnswer> {
  return mutation(['roles', 'remove'], rolesRemove, connection);
}

/**
 * Let a role grant a permission.
 *
 * `PUT /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
 * `roles:manage`.
 */
export function rolesGrantMutation(
  connection: Connection,
): Mutation<RolesGrantInput, RolesGrantAnswer> {
  return mutation(['roles', 'grant'], rolesGrant, connection);
}

/**
 * Stop a role from granting a permission.
 *
 * `DELETE /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
 * `roles:manage`.
 */
export function rolesRevokeMutation(
  connection: Connection,
): Mutation<RolesRevokeInput, RolesRevokeAnswer> {
  return mutation(['roles', 'revoke'], rolesRevoke, connection);
}
