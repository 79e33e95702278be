// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  RolesByNamesAnswer,
  RolesByNamesInput,
  RolesCreateAnswer,
  RolesCreateInput,
  RolesGetIfChangedAnswer,
  RolesGetIfChangedInput,
  RolesGrantAnswer,
  RolesGrantInput,
  RolesListAnswer,
  RolesListInput,
  RolesRemoveAnswer,
  RolesRemoveInput,
  RolesRevokeAnswer,
  RolesRevokeInput,
  RolesUpdateAnswer,
  RolesUpdateInput,
} from '../roles.ts';
import * as examples from './examples.ts';

/** Handlers of `roles`. */
export interface RolesMock<Handler> {
  /**
   * List roles.
   *
   * `GET /api/v1/roles`. Needs the permission `roles:read`.
   */
  list(reply?: Reply<RolesListInput, RolesListAnswer>): Handler;
  /**
   * Create a role.
   *
   * `POST /api/v1/roles`. Needs the permission `roles:manage`.
   */
  create(reply?: Reply<RolesCreateInput, RolesCreateAnswer>): Handler;
  /**
   * Get roles by their names.
   *
   * `GET /api/v1/roles/by-names`. Needs the permission `roles:read`.
   */
  byNames(reply?: Reply<RolesByNamesInput, RolesByNamesAnswer>): Handler;
  /**
   * Get a role.
   *
   * `GET /api/v1/roles/{roleId}`. Needs the permission `roles:read`.
   */
  get(reply?: Reply<RolesGetIfChangedInput, RolesGetIfChangedAnswer>): Handler;
  /**
   * Change a role.
   *
   * `PATCH /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  update(reply?: Reply<RolesUpdateInput, RolesUpdateAnswer>): Handler;
  /**
   * Remove a role.
   *
   * `DELETE /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  remove(reply?: Reply<RolesRemoveInput, RolesRemoveAnswer>): Handler;
  /**
   * Let a role grant a permission.
   *
   * `PUT /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
   * `roles:manage`.
   */
  grant(reply?: Reply<RolesGrantInput, RolesGrantAnswer>): Handler;
  /**
   * Stop a role from granting a permission.
   *
   * `DELETE /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
   * `roles:manage`.
   */
  revoke(reply?: Reply<RolesRevokeInput, RolesRevokeAnswer>): Handler;
}

export const rolesSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/roles',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean' },
    status: 200,
    examples: [examples.RolePage],
  },
  create: {
    method: 'post',
    path: '/api/v1/roles',
    status: 201,
    examples: [examples.Role],
  },
  byNames: {
    method: 'get',
    path: '/api/v1/roles/by-names',
    status: 200,
    examples: [examples.Roles],
  },
  get: {
    method: 'get',
    path: '/api/v1/roles/:roleId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.Role],
  },
  update: {
    method: 'patch',
    path: '/api/v1/roles/:roleId',
    headers: { ifMatch: 'If-Match' },
    status: 200,
    examples: [examples.Role],
  },
  remove: {
    method: 'delete',
    path: '/api/v1/roles/:roleId',
    headers: { ifMatch: 'If-Match' },
    status: 204,
  },
  grant: {
    method: 'put',
    path: '/api/v1/roles/:roleId/permissions/:permission',
    status: 200,
    examples: [examples.Role],
  },
  revoke: {
    method: 'delete',
    path: '/api/v1/roles/:roleId/permissions/:permission',
    status: 200,
    examples: [examples.Role],
  },
};
