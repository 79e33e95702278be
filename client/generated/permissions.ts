// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { PermissionCatalogue } from './schemas.ts';

export type PermissionsListInput = Record<string, never>;

export type PermissionsListAnswer =
  | {
      ok: true;
      status: 200;
      body: PermissionCatalogue;
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
 * List the permissions.
 *
 * The catalogue from which roles grant.
 *
 * `GET /api/v1/permissions`. Needs the permission `roles:read`.
 */
export function permissionsList(
  connection: Connection,
  input?: PermissionsListInput,
  options?: CallOptions,
): Promise<PermissionsListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/permissions',
      answers: { 200: 'json' },
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
  list(input?: PermissionsListInput, options?: CallOptions): Promise<PermissionsListAnswer>;
}

/** The closed catalogue of what may be granted. */
export function permissionsClient(connection: Connection): PermissionsClient {
  return bound<PermissionsClient>(connection, {
    list: permissionsList,
  });
}
