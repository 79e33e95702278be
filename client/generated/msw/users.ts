// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  UsersActivateAnswer,
  UsersActivateInput,
  UsersAssignRoleAnswer,
  UsersAssignRoleInput,
  UsersByIdsAnswer,
  UsersByIdsInput,
  UsersCreateAnswer,
  UsersCreateInput,
  UsersDeactivateAnswer,
  UsersDeactivateInput,
  UsersGetAvatarIfChangedAnswer,
  UsersGetAvatarIfChangedInput,
  UsersGetIfChangedAnswer,
  UsersGetIfChangedInput,
  UsersListAnswer,
  UsersListInput,
  UsersRemoveAnswer,
  UsersRemoveAvatarAnswer,
  UsersRemoveAvatarInput,
  UsersRemoveInput,
  UsersRestoreAnswer,
  UsersRestoreInput,
  UsersStatisticsAnswer,
  UsersStatisticsInput,
  UsersTakeRoleAnswer,
  UsersTakeRoleInput,
  UsersUpdateAnswer,
  UsersUpdateInput,
} from '../users.ts';
import * as examples from './examples.ts';

/** Handlers of `users`. */
export interface UsersMock<Handler> {
  /**
   * List accounts.
   *
   * `GET /api/v1/users`. Needs the permission `users:read`.
   */
  list(reply?: Reply<UsersListInput, UsersListAnswer>): Handler;
  /**
   * Create an account.
   *
   * `POST /api/v1/users`. Needs the permission `users:manage`.
   */
  create(reply?: Reply<UsersCreateInput, UsersCreateAnswer>): Handler;
  /**
   * Get accounts by their ids.
   *
   * `GET /api/v1/users/by-ids`. Needs the permission `users:read`.
   */
  byIds(reply?: Reply<UsersByIdsInput, UsersByIdsAnswer>): Handler;
  /**
   * Count the accounts.
   *
   * `GET /api/v1/users/statistics`. Needs the permission `users:manage`.
   */
  statistics(reply?: Reply<UsersStatisticsInput, UsersStatisticsAnswer>): Handler;
  /**
   * Get an account.
   *
   * `GET /api/v1/users/{userId}`. Needs the permission `users:read`.
   */
  get(reply?: Reply<UsersGetIfChangedInput, UsersGetIfChangedAnswer>): Handler;
  /**
   * Change an account.
   *
   * `PATCH /api/v1/users/{userId}`. Needs the permission `users:manage`.
   */
  update(reply?: Reply<UsersUpdateInput, UsersUpdateAnswer>): Handler;
  /**
   * Remove an account.
   *
   * `DELETE /api/v1/users/{userId}`. Needs the permission `users:manage`.
   */
  remove(reply?: Reply<UsersRemoveInput, UsersRemoveAnswer>): Handler;
  /**
   * Get the picture of an account.
   *
   * `GET /api/v1/users/{userId}/avatar`. Needs the permission `users:read`.
   */
  getAvatar(reply?: Reply<UsersGetAvatarIfChangedInput, UsersGetAvatarIfChangedAnswer>): Handler;
  /**
   * Remove the picture of an account.
   *
   * `DELETE /api/v1/users/{userId}/avatar`. Needs the permission `users:manage`.
   */
  removeAvatar(reply?: Reply<UsersRemoveAvatarInput, UsersRemoveAvatarAnswer>): Handler;
  /**
   * Deactivate an account.
   *
   * `POST /api/v1/users/{userId}/deactivate`. Needs the permission `users:manage`.
   */
  deactivate(reply?: Reply<UsersDeactivateInput, UsersDeactivateAnswer>): Handler;
  /**
   * Activate an account.
   *
   * `POST /api/v1/users/{userId}/activate`. Needs the permission `users:manage`.
   */
  activate(reply?: Reply<UsersActivateInput, UsersActivateAnswer>): Handler;
  /**
   * Restore a removed account.
   *
   * `POST /api/v1/users/{userId}/restore`. Needs the permission `users:manage`.
   */
  restore(reply?: Reply<UsersRestoreInput, UsersRestoreAnswer>): Handler;
  /**
   * Give a role to an account.
   *
   * `PUT /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  assignRole(reply?: Reply<UsersAssignRoleInput, UsersAssignRoleAnswer>): Handler;
  /**
   * Take a role from an account.
   *
   * `DELETE /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  takeRole(reply?: Reply<UsersTakeRoleInput, UsersTakeRoleAnswer>): Handler;
}

export const usersSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/users',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean', isActive: 'boolean' },
    status: 200,
    examples: [examples.UserPage],
  },
  create: {
    method: 'post',
    path: '/api/v1/users',
    status: 201,
    examples: [examples.User],
  },
  byIds: {
    method: 'get',
    path: '/api/v1/users/by-ids',
    status: 200,
    examples: [examples.Users],
  },
  statistics: {
    method: 'get',
    path: '/api/v1/users/statistics',
    status: 200,
    examples: [examples.UserStatistics],
  },
  get: {
    method: 'get',
    path: '/api/v1/users/:userId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.User, examples.UserSummary],
  },
  update: {
    method: 'patch',
    path: '/api/v1/users/:userId',
    headers: { ifMatch: 'If-Match' },
    status: 200,
    examples: [examples.User],
  },
  remove: {
    method: 'delete',
    path: '/api/v1/users/:userId',
    headers: { ifMatch: 'If-Match' },
    status: 204,
  },
  getAvatar: {
    method: 'get',
    path: '/api/v1/users/:userId/avatar',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    type: 'image/png',
    examples: [examples.picture],
  },
  removeAvatar: {
    method: 'delete',
    path: '/api/v1/users/:userId/avatar',
    status: 204,
  },
  deactivate: {
    method: 'post',
    path: '/api/v1/users/:userId/deactivate',
    status: 200,
    examples: [examples.User],
  },
  activate: {
    method: 'post',
    path: '/api/v1/users/:userId/activate',
    status: 200,
    examples: [examples.User],
  },
  restore: {
    method: 'post',
    path: '/api/v1/users/:userId/restore',
    status: 200,
    examples: [examples.User],
  },
  assignRole: {
    method: 'put',
    path: '/api/v1/users/:userId/roles/:roleId',
    status: 204,
  },
  takeRole: {
    method: 'delete',
    path: '/api/v1/users/:userId/roles/:roleId',
    status: 204,
  },
};
