// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { Instant } from '../runtime/instant.ts';
import { keyed } from '../runtime/keyed.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders, AnswerStream } from '../runtime/platform.ts';
import type {
  NewUser,
  User,
  UserChanges,
  UserPage,
  UserStatistics,
  UserView,
  Users,
} from './schemas.ts';

export interface UsersListInput {
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'username' | '-username' | 'createdAt' | '-createdAt' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
  /** Part of the username, the full name or (with `users:manage`) the e-mail. */
  search?: string | undefined;
  /** Exactly this e-mail address. */
  email?: string | undefined;
  /** Only active, or only deactivated accounts. */
  isActive?: boolean | undefined;
  /** Only accounts with this role. */
  role?: string | undefined;
  /** Created at this instant or later. */
  createdFrom?: Instant | undefined;
  /** Created before this instant. */
  createdBefore?: Instant | undefined;
}

export type UsersListAnswer =
  | {
      ok: true;
      status: 200;
      body: UserPage;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List accounts.
 *
 * Pages through the accounts that the caller may see: active ones as summaries, or all of
 * them in full with `users:manage`. Searching by e-mail, and filtering or sorting by
 * anything that summaries do not show, needs `users:manage` too.
 *
 * `GET /api/v1/users`. Needs the permission `users:read`.
 */
export function usersList(
  connection: Connection,
  input?: UsersListInput,
  options?: CallOptions,
): Promise<UsersListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/users',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List accounts: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function usersListAll(
  connection: Connection,
  input?: UsersListInput,
  options?: ListOptions,
): AsyncGenerator<UserView, void, undefined> {
  return itemsOf((next) => usersList(connection, { ...input, ...next }, options), options);
}

export interface UsersCreateInput {
  body: NewUser;
}

export type UsersCreateAnswer =
  | {
      ok: true;
      status: 201;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'idempotency_key_in_use' | 'username_taken'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create an account.
 *
 * Creates an account. Without a password its owner gets a link by mail to set one, so that
 * nobody else ever knows it; `sendPasswordLink` says otherwise. Nobody can give a role
 * that grants more than they hold, and naming roles takes a recent sign-in.
 *
 * `POST /api/v1/users`. Needs the permission `users:manage`.
 */
export function usersCreate(
  connection: Connection,
  input: UsersCreateInput,
  options?: CallOptions,
): Promise<UsersCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/users',
      answers: { 201: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface UsersByIdsInput {
  /** The ids, separated by commas. */
  ids: string;
}

export type UsersByIdsAnswer =
  | {
      ok: true;
      status: 200;
      body: Users;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Get accounts by their ids.
 *
 * Answers up to 200 accounts at once, each as the caller may see it. What there is not, or
 * not for the caller, is left out.
 *
 * `GET /api/v1/users/by-ids`. Needs the permission `users:read`.
 */
export function usersByIds(
  connection: Connection,
  input: UsersByIdsInput,
  options?: CallOptions,
): Promise<UsersByIdsAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/users/by-ids',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type UsersStatisticsInput = Record<string, never>;

export type UsersStatisticsAnswer =
  | {
      ok: true;
      status: 200;
      body: UserStatistics;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Count the accounts.
 *
 * How many accounts there are, by their state, some seconds ago.
 *
 * `GET /api/v1/users/statistics`. Needs the permission `users:manage`.
 */
export function usersStatistics(
  connection: Connection,
  input?: UsersStatisticsInput,
  options?: CallOptions,
): Promise<UsersStatisticsAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/users/statistics',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface UsersGetInput {
  /** A UUID. */
  userId: string;
}

export interface UsersGetIfChangedInput {
  /** A UUID. */
  userId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type UsersGetAnswer =
  | {
      ok: true;
      status: 200;
      body: UserView;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type UsersGetIfChangedAnswer = UsersGetAnswer | NotModified;

/**
 * Get an account.
 *
 * Answers the account in full or as a summary, whichever the caller may see.
 *
 * `GET /api/v1/users/{userId}`. Needs the permission `users:read`.
 */
export function usersGet(
  connection: Connection,
  input: UsersGetIfChangedInput,
  options?: CallOptions,
): Promise<UsersGetIfChangedAnswer>;
export function usersGet(
  connection: Connection,
  input: UsersGetInput,
  options?: CallOptions,
): Promise<UsersGetAnswer>;
export function usersGet(
  connection: Connection,
  input: UsersGetInput | UsersGetIfChangedInput,
  options?: CallOptions,
): Promise<UsersGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/users/{userId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface UsersUpdateInput {
  /** A UUID. */
  userId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
  body: UserChanges;
}

export type UsersUpdateAnswer =
  | {
      ok: true;
      status: 200;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'own_account_protected'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'last_administrator' | 'username_taken'>
  | Refused<412, 'precondition_failed'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change an account.
 *
 * Changes what is sent and leaves the rest. An account that holds a protecting permission
 * which the caller lacks is refused, here and wherever an account is acted on. Own roles
 * stay as they are; those of others take a recent sign-in.
 *
 * `PATCH /api/v1/users/{userId}`. Needs the permission `users:manage`.
 */
export function usersUpdate(
  connection: Connection,
  input: UsersUpdateInput,
  options?: CallOptions,
): Promise<UsersUpdateAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/users/{userId}',
      answers: { 200: 'json' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface UsersRemoveInput {
  /** A UUID. */
  userId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
}

export type UsersRemoveAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'own_account_protected'
        | 'permission_denied'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_administrator'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove an account.
 *
 * Removes the account and ends its sessions. It can be restored until it is purged.
 *
 * `DELETE /api/v1/users/{userId}`. Needs the permission `users:manage`.
 */
export function usersRemove(
  connection: Connection,
  input: UsersRemoveInput,
  options?: CallOptions,
): Promise<UsersRemoveAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}',
      answers: { 204: 'empty' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface UsersGetAvatarInput {
  /** A UUID. */
  userId: string;
}

export interface UsersGetAvatarIfChangedInput {
  /** A UUID. */
  userId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type UsersGetAvatarAnswer =
  | {
      ok: true;
      status: 200;
      body: AnswerStream;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type UsersGetAvatarIfChangedAnswer = UsersGetAvatarAnswer | NotModified;

/**
 * Get the picture of an account.
 *
 * Streams the picture of an account that the caller may see.
 *
 * `GET /api/v1/users/{userId}/avatar`. Needs the permission `users:read`.
 */
export function usersGetAvatar(
  connection: Connection,
  input: UsersGetAvatarIfChangedInput,
  options?: CallOptions,
): Promise<UsersGetAvatarIfChangedAnswer>;
export function usersGetAvatar(
  connection: Connection,
  input: UsersGetAvatarInput,
  options?: CallOptions,
): Promise<UsersGetAvatarAnswer>;
export function usersGetAvatar(
  connection: Connection,
  input: UsersGetAvatarInput | UsersGetAvatarIfChangedInput,
  options?: CallOptions,
): Promise<UsersGetAvatarIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/users/{userId}/avatar',
      answers: { 200: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'], 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface UsersRemoveAvatarInput {
  /** A UUID. */
  userId: string;
}

export type UsersRemoveAvatarAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove the picture of an account.
 *
 * For a picture that others must not see. Where there is none, nothing is removed.
 *
 * `DELETE /api/v1/users/{userId}/avatar`. Needs the permission `users:manage`.
 */
export function usersRemoveAvatar(
  connection: Connection,
  input: UsersRemoveAvatarInput,
  options?: CallOptions,
): Promise<UsersRemoveAvatarAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}/avatar',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface UsersDeactivateInput {
  /** A UUID. */
  userId: string;
}

export type UsersDeactivateAnswer =
  | {
      ok: true;
      status: 200;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'own_account_protected'
        | 'permission_denied'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_administrator'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Deactivate an account.
 *
 * The account can no longer act or sign in, and its sessions end at once.
 *
 * `POST /api/v1/users/{userId}/deactivate`. Needs the permission `users:manage`.
 */
export function usersDeactivate(
  connection: Connection,
  input: UsersDeactivateInput,
  options?: CallOptions,
): Promise<UsersDeactivateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/users/{userId}/deactivate',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface UsersActivateInput {
  /** A UUID. */
  userId: string;
}

export type UsersActivateAnswer =
  | {
      ok: true;
      status: 200;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Activate an account.
 *
 * Ends a deactivation. The person signs in anew.
 *
 * `POST /api/v1/users/{userId}/activate`. Needs the permission `users:manage`.
 */
export function usersActivate(
  connection: Connection,
  input: UsersActivateInput,
  options?: CallOptions,
): Promise<UsersActivateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/users/{userId}/activate',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface UsersRestoreInput {
  /** A UUID. */
  userId: string;
}

export type UsersRestoreAnswer =
  | {
      ok: true;
      status: 200;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'username_taken'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Restore a removed account.
 *
 * Ends a removal, unless the address or the username was taken meanwhile.
 *
 * `POST /api/v1/users/{userId}/restore`. Needs the permission `users:manage`.
 */
export function usersRestore(
  connection: Connection,
  input: UsersRestoreInput,
  options?: CallOptions,
): Promise<UsersRestoreAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/users/{userId}/restore',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface UsersAssignRoleInput {
  /** A UUID. */
  userId: string;
  /** A UUID. */
  roleId: string;
}

export type UsersAssignRoleAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'own_account_protected'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'too_many_roles'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Give a role to an account.
 *
 * Nobody gives a role that grants more than they hold, nor any to themselves. An account
 * that has it already keeps it.
 *
 * `PUT /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function usersAssignRole(
  connection: Connection,
  input: UsersAssignRoleInput,
  options?: CallOptions,
): Promise<UsersAssignRoleAnswer> {
  return call(
    connection,
    {
      method: 'PUT',
      path: '/api/v1/users/{userId}/roles/{roleId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface UsersTakeRoleInput {
  /** A UUID. */
  userId: string;
  /** A UUID. */
  roleId: string;
}

export type UsersTakeRoleAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'own_account_protected'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'last_administrator'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Take a role from an account.
 *
 * Not from oneself, and never from the last administrator.
 *
 * `DELETE /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function usersTakeRole(
  connection: Connection,
  input: UsersTakeRoleInput,
  options?: CallOptions,
): Promise<UsersTakeRoleAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/users/{userId}/roles/{roleId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Accounts, for those who may see or manage them. */
export interface UsersClient {
  /**
   * List accounts.
   *
   * Pages through the accounts that the caller may see: active ones as summaries, or all of
   * them in full with `users:manage`. Searching by e-mail, and filtering or sorting by
   * anything that summaries do not show, needs `users:manage` too.
   *
   * `GET /api/v1/users`. Needs the permission `users:read`.
   */
  list(input?: UsersListInput, options?: CallOptions): Promise<UsersListAnswer>;

  /**
   * List accounts: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(input?: UsersListInput, options?: ListOptions): AsyncGenerator<UserView, void, undefined>;

  /**
   * Create an account.
   *
   * Creates an account. Without a password its owner gets a link by mail to set one, so that
   * nobody else ever knows it; `sendPasswordLink` says otherwise. Nobody can give a role
   * that grants more than they hold, and naming roles takes a recent sign-in.
   *
   * `POST /api/v1/users`. Needs the permission `users:manage`.
   */
  create(input: UsersCreateInput, options?: CallOptions): Promise<UsersCreateAnswer>;

  /**
   * Get accounts by their ids.
   *
   * Answers up to 200 accounts at once, each as the caller may see it. What there is not, or
   * not for the caller, is left out.
   *
   * `GET /api/v1/users/by-ids`. Needs the permission `users:read`.
   */
  byIds(input: UsersByIdsInput, options?: CallOptions): Promise<UsersByIdsAnswer>;

  /**
   * Count the accounts.
   *
   * How many accounts there are, by their state, some seconds ago.
   *
   * `GET /api/v1/users/statistics`. Needs the permission `users:manage`.
   */
  statistics(input?: UsersStatisticsInput, options?: CallOptions): Promise<UsersStatisticsAnswer>;

  /**
   * Get an account.
   *
   * Answers the account in full or as a summary, whichever the caller may see.
   *
   * `GET /api/v1/users/{userId}`. Needs the permission `users:read`.
   */
  get(input: UsersGetIfChangedInput, options?: CallOptions): Promise<UsersGetIfChangedAnswer>;
  /**
   * Get an account.
   *
   * Answers the account in full or as a summary, whichever the caller may see.
   *
   * `GET /api/v1/users/{userId}`. Needs the permission `users:read`.
   */
  get(input: UsersGetInput, options?: CallOptions): Promise<UsersGetAnswer>;

  /**
   * Change an account.
   *
   * Changes what is sent and leaves the rest. An account that holds a protecting permission
   * which the caller lacks is refused, here and wherever an account is acted on. Own roles
   * stay as they are; those of others take a recent sign-in.
   *
   * `PATCH /api/v1/users/{userId}`. Needs the permission `users:manage`.
   */
  update(input: UsersUpdateInput, options?: CallOptions): Promise<UsersUpdateAnswer>;

  /**
   * Remove an account.
   *
   * Removes the account and ends its sessions. It can be restored until it is purged.
   *
   * `DELETE /api/v1/users/{userId}`. Needs the permission `users:manage`.
   */
  remove(input: UsersRemoveInput, options?: CallOptions): Promise<UsersRemoveAnswer>;

  /**
   * Get the picture of an account.
   *
   * Streams the picture of an account that the caller may see.
   *
   * `GET /api/v1/users/{userId}/avatar`. Needs the permission `users:read`.
   */
  getAvatar(
    input: UsersGetAvatarIfChangedInput,
    options?: CallOptions,
  ): Promise<UsersGetAvatarIfChangedAnswer>;
  /**
   * Get the picture of an account.
   *
   * Streams the picture of an account that the caller may see.
   *
   * `GET /api/v1/users/{userId}/avatar`. Needs the permission `users:read`.
   */
  getAvatar(input: UsersGetAvatarInput, options?: CallOptions): Promise<UsersGetAvatarAnswer>;

  /**
   * Remove the picture of an account.
   *
   * For a picture that others must not see. Where there is none, nothing is removed.
   *
   * `DELETE /api/v1/users/{userId}/avatar`. Needs the permission `users:manage`.
   */
  removeAvatar(
    input: UsersRemoveAvatarInput,
    options?: CallOptions,
  ): Promise<UsersRemoveAvatarAnswer>;

  /**
   * Deactivate an account.
   *
   * The account can no longer act or sign in, and its sessions end at once.
   *
   * `POST /api/v1/users/{userId}/deactivate`. Needs the permission `users:manage`.
   */
  deactivate(input: UsersDeactivateInput, options?: CallOptions): Promise<UsersDeactivateAnswer>;

  /**
   * Activate an account.
   *
   * Ends a deactivation. The person signs in anew.
   *
   * `POST /api/v1/users/{userId}/activate`. Needs the permission `users:manage`.
   */
  activate(input: UsersActivateInput, options?: CallOptions): Promise<UsersActivateAnswer>;

  /**
   * Restore a removed account.
   *
   * Ends a removal, unless the address or the username was taken meanwhile.
   *
   * `POST /api/v1/users/{userId}/restore`. Needs the permission `users:manage`.
   */
  restore(input: UsersRestoreInput, options?: CallOptions): Promise<UsersRestoreAnswer>;

  /**
   * Give a role to an account.
   *
   * Nobody gives a role that grants more than they hold, nor any to themselves. An account
   * that has it already keeps it.
   *
   * `PUT /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  assignRole(input: UsersAssignRoleInput, options?: CallOptions): Promise<UsersAssignRoleAnswer>;

  /**
   * Take a role from an account.
   *
   * Not from oneself, and never from the last administrator.
   *
   * `DELETE /api/v1/users/{userId}/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  takeRole(input: UsersTakeRoleInput, options?: CallOptions): Promise<UsersTakeRoleAnswer>;
}

/** Accounts, for those who may see or manage them. */
export function usersClient(connection: Connection): UsersClient {
  return bound<UsersClient>(connection, {
    list: usersList,
    listAll: usersListAll,
    create: usersCreate,
    byIds: usersByIds,
    statistics: usersStatistics,
    get: usersGet,
    update: usersUpdate,
    remove: usersRemove,
    getAvatar: usersGetAvatar,
    removeAvatar: usersRemoveAvatar,
    deactivate: usersDeactivate,
    activate: usersActivate,
    restore: usersRestore,
    assignRole: usersAssignRole,
    takeRole: usersTakeRole,
  });
}
