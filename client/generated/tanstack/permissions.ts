// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Query, keyOf, query } from '../../runtime/queries.ts';
import { type PermissionsListAnswer, permissionsList } from '../permissions.ts';

/** Everything that was asked of `permissions`. */
export const permissionsKey: Key = keyOf('permissions');

/** What the keys of `permissionsListOptions` begin with. */
export function permissionsListKey(): Key {
  return keyOf('permissions', 'list');
}

/**
 * List the permissions.
 *
 * `GET /api/v1/permissions`. Needs the permission `roles:read`.
 */
export function permissionsListOptions(connection: Connection): Query<PermissionsListAnswer> {
  return query(['permissions', 'list'], permissionsList, connection, {});
}
