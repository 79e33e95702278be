// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { NewRole, Role, RoleChanges, RolePage, Roles } from './schemas.ts';

export interface RolesListInput {
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'name' | '-name' | 'createdAt' | '-createdAt' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
}

export type RolesListAnswer =
  | {
      ok: true;
      status: 200;
      body: RolePage;
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
 * List roles.
 *
 * Pages through the roles with what each grants.
 *
 * `GET /api/v1/roles`. Needs the permission `roles:read`.
 */
export function rolesList(
  connection: Connection,
  input?: RolesListInput,
  options?: CallOptions,
): Promise<RolesListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/roles',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List roles: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function rolesListAll(
  connection: Connection,
  input?: RolesListInput,
  options?: ListOptions,
): AsyncGenerator<Role, void, undefined> {
  return itemsOf((next) => rolesList(connection, { ...input, ...next }, options), options);
}

export interface RolesCreateInput {
  body: NewRole;
}

export type RolesCreateAnswer =
  | {
      ok: true;
      status: 201;
      body: Role;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'idempotency_key_in_use' | 'role_name_taken'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create a role.
 *
 * Creates a role. Nobody can let it grant what they do not hold themselves.
 *
 * `POST /api/v1/roles`. Needs the permission `roles:manage`.
 */
export function rolesCreate(
  connection: Connection,
  input: RolesCreateInput,
  options?: CallOptions,
): Promise<RolesCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/roles',
      answers: { 201: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface RolesByNamesInput {
  /** The names, separated by commas. */
  names: string;
}

export type RolesByNamesAnswer =
  | {
      ok: true;
      status: 200;
      body: Roles;
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
 * Get roles by their names.
 *
 * Answers up to 200 roles at once. What there is not is left out.
 *
 * `GET /api/v1/roles/by-names`. Needs the permission `roles:read`.
 */
export function rolesByNames(
  connection: Connection,
  input: RolesByNamesInput,
  options?: CallOptions,
): Promise<RolesByNamesAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/roles/by-names',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface RolesGetInput {
  /** A UUID. */
  roleId: string;
}

export interface RolesGetIfChangedInput {
  /** A UUID. */
  roleId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type RolesGetAnswer =
  | {
      ok: true;
      status: 200;
      body: Role;
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

export type RolesGetIfChangedAnswer = RolesGetAnswer | NotModified;

/**
 * Get a role.
 *
 * Answers one role with what it grants.
 *
 * `GET /api/v1/roles/{roleId}`. Needs the permission `roles:read`.
 */
export function rolesGet(
  connection: Connection,
  input: RolesGetIfChangedInput,
  options?: CallOptions,
): Promise<RolesGetIfChangedAnswer>;
export function rolesGet(
  connection: Connection,
  input: RolesGetInput,
  options?: CallOptions,
): Promise<RolesGetAnswer>;
export function rolesGet(
  connection: Connection,
  input: RolesGetInput | RolesGetIfChangedInput,
  options?: CallOptions,
): Promise<RolesGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/roles/{roleId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface RolesUpdateInput {
  /** A UUID. */
  roleId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
  body: RoleChanges;
}

export type RolesUpdateAnswer =
  | {
      ok: true;
      status: 200;
      body: Role;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'role_name_taken' | 'system_role_protected'>
  | Refused<412, 'precondition_failed'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change a role.
 *
 * Changes the name, the description or the need of a second factor of a role that grants
 * nothing beyond what the caller holds. System roles keep their name.
 *
 * `PATCH /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function rolesUpdate(
  connection: Connection,
  input: RolesUpdateInput,
  options?: CallOptions,
): Promise<RolesUpdateAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/roles/{roleId}',
      answers: { 200: 'json' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface RolesRemoveInput {
  /** A UUID. */
  roleId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
}

export type RolesRemoveAnswer =
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
  | Refused<409, 'system_role_protected'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove a role.
 *
 * Removes the role and takes it from every account. System roles stay, roles of the caller
 * too, and what grants more than the caller holds.
 *
 * `DELETE /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
 */
export function rolesRemove(
  connection: Connection,
  input: RolesRemoveInput,
  options?: CallOptions,
): Promise<RolesRemoveAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/roles/{roleId}',
      answers: { 204: 'empty' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface RolesGrantInput {
  /** A UUID. */
  roleId: string;
  /** The permission. */
  permission:
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate';
}

export type RolesGrantAnswer =
  | {
      ok: true;
      status: 200;
      body: Role;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'system_role_protected'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Let a role grant a permission.
 *
 * Works on the next request of everybody with the role. The caller holds it and whatever
 * else the role grants. Granting twice is once.
 *
 * `PUT /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
 * `roles:manage`.
 */
export function rolesGrant(
  connection: Connection,
  input: RolesGrantInput,
  options?: CallOptions,
): Promise<RolesGrantAnswer> {
  return call(
    connection,
    {
      method: 'PUT',
      path: '/api/v1/roles/{roleId}/permissions/{permission}',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface RolesRevokeInput {
  /** A UUID. */
  roleId: string;
  /** The permission. */
  permission:
    | 'health:read'
    | 'users:read'
    | 'roles:read'
    | 'roles:manage'
    | 'audit:read'
    | 'service-accounts:manage'
    | 'webhooks:read'
    | 'webhooks:manage'
    | 'users:manage'
    | 'users:impersonate';
}

export type RolesRevokeAnswer =
  | {
      ok: true;
      status: 200;
      body: Role;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'system_role_protected'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Stop a role from granting a permission.
 *
 * Works on the next request of everybody with the role. The caller holds whatever it
 * grants. The role `admin` keeps all.
 *
 * `DELETE /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
 * `roles:manage`.
 */
export function rolesRevoke(
  connection: Connection,
  input: RolesRevokeInput,
  options?: CallOptions,
): Promise<RolesRevokeAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/roles/{roleId}/permissions/{permission}',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/** Named sets of permissions, and who has them. */
export interface RolesClient {
  /**
   * List roles.
   *
   * Pages through the roles with what each grants.
   *
   * `GET /api/v1/roles`. Needs the permission `roles:read`.
   */
  list(input?: RolesListInput, options?: CallOptions): Promise<RolesListAnswer>;

  /**
   * List roles: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(input?: RolesListInput, options?: ListOptions): AsyncGenerator<Role, void, undefined>;

  /**
   * Create a role.
   *
   * Creates a role. Nobody can let it grant what they do not hold themselves.
   *
   * `POST /api/v1/roles`. Needs the permission `roles:manage`.
   */
  create(input: RolesCreateInput, options?: CallOptions): Promise<RolesCreateAnswer>;

  /**
   * Get roles by their names.
   *
   * Answers up to 200 roles at once. What there is not is left out.
   *
   * `GET /api/v1/roles/by-names`. Needs the permission `roles:read`.
   */
  byNames(input: RolesByNamesInput, options?: CallOptions): Promise<RolesByNamesAnswer>;

  /**
   * Get a role.
   *
   * Answers one role with what it grants.
   *
   * `GET /api/v1/roles/{roleId}`. Needs the permission `roles:read`.
   */
  get(input: RolesGetIfChangedInput, options?: CallOptions): Promise<RolesGetIfChangedAnswer>;
  /**
   * Get a role.
   *
   * Answers one role with what it grants.
   *
   * `GET /api/v1/roles/{roleId}`. Needs the permission `roles:read`.
   */
  get(input: RolesGetInput, options?: CallOptions): Promise<RolesGetAnswer>;

  /**
   * Change a role.
   *
   * Changes the name, the description or the need of a second factor of a role that grants
   * nothing beyond what the caller holds. System roles keep their name.
   *
   * `PATCH /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  update(input: RolesUpdateInput, options?: CallOptions): Promise<RolesUpdateAnswer>;

  /**
   * Remove a role.
   *
   * Removes the role and takes it from every account. System roles stay, roles of the caller
   * too, and what grants more than the caller holds.
   *
   * `DELETE /api/v1/roles/{roleId}`. Needs the permission `roles:manage`.
   */
  remove(input: RolesRemoveInput, options?: CallOptions): Promise<RolesRemoveAnswer>;

  /**
   * Let a role grant a permission.
   *
   * Works on the next request of everybody with the role. The caller holds it and whatever
   * else the role grants. Granting twice is once.
   *
   * `PUT /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
   * `roles:manage`.
   */
  grant(input: RolesGrantInput, options?: CallOptions): Promise<RolesGrantAnswer>;

  /**
   * Stop a role from granting a permission.
   *
   * Works on the next request of everybody with the role. The caller holds whatever it
   * grants. The role `admin` keeps all.
   *
   * `DELETE /api/v1/roles/{roleId}/permissions/{permission}`. Needs the permission
   * `roles:manage`.
   */
  revoke(input: RolesRevokeInput, options?: CallOptions): Promise<RolesRevokeAnswer>;
}

/** Named sets of permissions, and who has them. */
export function rolesClient(connection: Connection): RolesClient {
  return bound<RolesClient>(connection, {
    list: rolesList,
    listAll: rolesListAll,
    create: rolesCreate,
    byNames: rolesByNames,
    get: rolesGet,
    update: rolesUpdate,
    remove: rolesRemove,
    grant: rolesGrant,
    revoke: rolesRevoke,
  });
}
