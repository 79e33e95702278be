// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { PermissionCatalogue } from './schemas.ts';

export type PermissionsListInput = Record<string, never>;

export interface PermissionsListIfChangedInput {
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type PermissionsListAnswer =
  | {
      ok: true;
      status: 200;
      body: PermissionCatalogue;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type PermissionsListIfChangedAnswer = PermissionsListAnswer | NotModified;

/**
 * List the permissions.
 *
 * The catalogue from which roles grant.
 *
 * `GET /api/v1/permissions`. Needs the permission `roles:read`.
 */
export function permissionsList(
  connection: Connection,
  input: PermissionsListIfChangedInput,
  options?: CallOptions,
): Promise<PermissionsListIfChangedAnswer>;
export function permissionsList(
  connection: Connection,
  input?: PermissionsListInput,
  options?: CallOptions,
): Promise<PermissionsListAnswer>;
export function permissionsList(
  connection: Connection,
  input?: PermissionsListInput | PermissionsListIfChangedInput,
  options?: CallOptions,
): Promise<PermissionsListIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/permissions',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

/** The closed catalogue of what may be granted. */
export interface PermissionsClient {
  /**
   * List the permissions.
   *
   * The catalogue from which roles grant.
   *
   * `GET /api/v1/permissions`. Needs the permission `roles:read`.
   */
  list(
    input: PermissionsListIfChangedInput,
    options?: CallOptions,
  ): Promise<PermissionsListIfChangedAnswer>;
  /**
   * List the permissions.
   *
   * The catalogue from which roles grant.
   *
   * `GET /api/v1/permissions`. Needs the permission `roles:read`.
   */
  list(input?: PermissionsListInput, options?: CallOptions): Promise<PermissionsListAnswer>;
}

/** The closed catalogue of what may be granted. */
export function permissionsClient(connection: Connection): PermissionsClient {
  return bound<PermissionsClient>(connection, {
    list: permissionsList,
  });
}
