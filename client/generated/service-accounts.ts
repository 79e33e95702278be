// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  ApiKeyCreated,
  ApiKeyRotation,
  ApiKeys,
  NewApiKey,
  NewServiceAccount,
  ServiceAccount,
  ServiceAccountChanges,
  ServiceAccountPage,
} from './schemas.ts';

export interface ServiceAccountsListInput {
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
  /** Only active, or only deactivated ones. */
  isActive?: boolean | undefined;
}

export type ServiceAccountsListAnswer =
  | {
      ok: true;
      status: 200;
      body: ServiceAccountPage;
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
 * List service accounts.
 *
 * Pages through the service accounts.
 *
 * `GET /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
 */
export function serviceAccountsList(
  connection: Connection,
  input?: ServiceAccountsListInput,
  options?: CallOptions,
): Promise<ServiceAccountsListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/service-accounts',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List service accounts: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function serviceAccountsListAll(
  connection: Connection,
  input?: ServiceAccountsListInput,
  options?: ListOptions,
): AsyncGenerator<ServiceAccount, void, undefined> {
  return itemsOf(
    (next) => serviceAccountsList(connection, { ...input, ...next }, options),
    options,
  );
}

export interface ServiceAccountsCreateInput {
  body: NewServiceAccount;
}

export type ServiceAccountsCreateAnswer =
  | {
      ok: true;
      status: 201;
      body: ServiceAccount;
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
  | Refused<409, 'idempotency_key_in_use' | 'service_account_name_taken'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create a service account.
 *
 * Creates an account for a program. Nobody can give a role that grants more than they
 * hold, and naming roles takes a recent sign-in.
 *
 * `POST /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
 */
export function serviceAccountsCreate(
  connection: Connection,
  input: ServiceAccountsCreateInput,
  options?: CallOptions,
): Promise<ServiceAccountsCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/service-accounts',
      answers: { 201: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface ServiceAccountsGetInput {
  /** A UUID. */
  serviceAccountId: string;
}

export interface ServiceAccountsGetIfChangedInput {
  /** A UUID. */
  serviceAccountId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type ServiceAccountsGetAnswer =
  | {
      ok: true;
      status: 200;
      body: ServiceAccount;
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

export type ServiceAccountsGetIfChangedAnswer = ServiceAccountsGetAnswer | NotModified;

/**
 * Get a service account.
 *
 * Answers one service account.
 *
 * `GET /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsGet(
  connection: Connection,
  input: ServiceAccountsGetIfChangedInput,
  options?: CallOptions,
): Promise<ServiceAccountsGetIfChangedAnswer>;
export function serviceAccountsGet(
  connection: Connection,
  input: ServiceAccountsGetInput,
  options?: CallOptions,
): Promise<ServiceAccountsGetAnswer>;
export function serviceAccountsGet(
  connection: Connection,
  input: ServiceAccountsGetInput | ServiceAccountsGetIfChangedInput,
  options?: CallOptions,
): Promise<ServiceAccountsGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/service-accounts/{serviceAccountId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface ServiceAccountsUpdateInput {
  /** A UUID. */
  serviceAccountId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
  body: ServiceAccountChanges;
}

export type ServiceAccountsUpdateAnswer =
  | {
      ok: true;
      status: 200;
      body: ServiceAccount;
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
  | Refused<409, 'service_account_name_taken'>
  | Refused<412, 'precondition_failed'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change a service account.
 *
 * Changes what is sent and leaves the rest. `isActive: false` stops its keys and tokens at
 * once. Nobody gives more than they hold, and no service account changes itself.
 *
 * `PATCH /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsUpdate(
  connection: Connection,
  input: ServiceAccountsUpdateInput,
  options?: CallOptions,
): Promise<ServiceAccountsUpdateAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/service-accounts/{serviceAccountId}',
      answers: { 200: 'json' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface ServiceAccountsRemoveInput {
  /** A UUID. */
  serviceAccountId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
}

export type ServiceAccountsRemoveAnswer =
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
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove a service account.
 *
 * It is gone for good, with its keys. The audit keeps its id.
 *
 * `DELETE /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsRemove(
  connection: Connection,
  input: ServiceAccountsRemoveInput,
  options?: CallOptions,
): Promise<ServiceAccountsRemoveAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/service-accounts/{serviceAccountId}',
      answers: { 204: 'empty' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface ServiceAccountsListKeysInput {
  /** A UUID. */
  serviceAccountId: string;
}

export type ServiceAccountsListKeysAnswer =
  | {
      ok: true;
      status: 200;
      body: ApiKeys;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the API keys of a service account.
 *
 * Its API keys with their last use, the newest first.
 *
 * `GET /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsListKeys(
  connection: Connection,
  input: ServiceAccountsListKeysInput,
  options?: CallOptions,
): Promise<ServiceAccountsListKeysAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/service-accounts/{serviceAccountId}/api-keys',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface ServiceAccountsCreateKeyInput {
  /** A UUID. */
  serviceAccountId: string;
  body: NewApiKey;
}

export type ServiceAccountsCreateKeyAnswer =
  | {
      ok: true;
      status: 200;
      body: ApiKeyCreated;
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
  | Refused<409, 'already_done' | 'idempotency_key_in_use' | 'too_many_api_keys'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create an API key for a service account.
 *
 * Makes a key that acts as the service account, within the scopes. Nobody gives a scope
 * that they do not hold. The key is shown in this answer only; it is the `client_secret`
 * of the client credentials grant, too.
 *
 * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsCreateKey(
  connection: Connection,
  input: ServiceAccountsCreateKeyInput,
  options?: CallOptions,
): Promise<ServiceAccountsCreateKeyAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/service-accounts/{serviceAccountId}/api-keys',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface ServiceAccountsRotateKeyInput {
  /** A UUID. */
  serviceAccountId: string;
  /** A UUID. */
  keyId: string;
  body: ApiKeyRotation;
}

export type ServiceAccountsRotateKeyAnswer =
  | {
      ok: true;
      status: 200;
      body: ApiKeyCreated;
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
  | Refused<409, 'already_done' | 'api_key_ended' | 'idempotency_key_in_use' | 'too_many_api_keys'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Rotate an API key of a service account.
 *
 * Makes another key of the same name and scopes. The old one works on for the overlap.
 *
 * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}/rotate`. Needs the
 * permission `service-accounts:manage`.
 */
export function serviceAccountsRotateKey(
  connection: Connection,
  input: ServiceAccountsRotateKeyInput,
  options?: CallOptions,
): Promise<ServiceAccountsRotateKeyAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}/rotate',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface ServiceAccountsRevokeKeyInput {
  /** A UUID. */
  serviceAccountId: string;
  /** A UUID. */
  keyId: string;
}

export type ServiceAccountsRevokeKeyAnswer =
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
 * Revoke an API key of a service account.
 *
 * It stops working on every server. Revoking twice is revoking once.
 *
 * `DELETE /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}`. Needs the
 * permission `service-accounts:manage`.
 */
export function serviceAccountsRevokeKey(
  connection: Connection,
  input: ServiceAccountsRevokeKeyInput,
  options?: CallOptions,
): Promise<ServiceAccountsRevokeKeyAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** Accounts of programs, and their keys. */
export interface ServiceAccountsClient {
  /**
   * List service accounts.
   *
   * Pages through the service accounts.
   *
   * `GET /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
   */
  list(input?: ServiceAccountsListInput, options?: CallOptions): Promise<ServiceAccountsListAnswer>;

  /**
   * List service accounts: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(
    input?: ServiceAccountsListInput,
    options?: ListOptions,
  ): AsyncGenerator<ServiceAccount, void, undefined>;

  /**
   * Create a service account.
   *
   * Creates an account for a program. Nobody can give a role that grants more than they
   * hold, and naming roles takes a recent sign-in.
   *
   * `POST /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
   */
  create(
    input: ServiceAccountsCreateInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsCreateAnswer>;

  /**
   * Get a service account.
   *
   * Answers one service account.
   *
   * `GET /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  get(
    input: ServiceAccountsGetIfChangedInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsGetIfChangedAnswer>;
  /**
   * Get a service account.
   *
   * Answers one service account.
   *
   * `GET /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  get(input: ServiceAccountsGetInput, options?: CallOptions): Promise<ServiceAccountsGetAnswer>;

  /**
   * Change a service account.
   *
   * Changes what is sent and leaves the rest. `isActive: false` stops its keys and tokens at
   * once. Nobody gives more than they hold, and no service account changes itself.
   *
   * `PATCH /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  update(
    input: ServiceAccountsUpdateInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsUpdateAnswer>;

  /**
   * Remove a service account.
   *
   * It is gone for good, with its keys. The audit keeps its id.
   *
   * `DELETE /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  remove(
    input: ServiceAccountsRemoveInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsRemoveAnswer>;

  /**
   * List the API keys of a service account.
   *
   * Its API keys with their last use, the newest first.
   *
   * `GET /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
   * `service-accounts:manage`.
   */
  listKeys(
    input: ServiceAccountsListKeysInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsListKeysAnswer>;

  /**
   * Create an API key for a service account.
   *
   * Makes a key that acts as the service account, within the scopes. Nobody gives a scope
   * that they do not hold. The key is shown in this answer only; it is the `client_secret`
   * of the client credentials grant, too.
   *
   * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
   * `service-accounts:manage`.
   */
  createKey(
    input: ServiceAccountsCreateKeyInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsCreateKeyAnswer>;

  /**
   * Rotate an API key of a service account.
   *
   * Makes another key of the same name and scopes. The old one works on for the overlap.
   *
   * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}/rotate`. Needs the
   * permission `service-accounts:manage`.
   */
  rotateKey(
    input: ServiceAccountsRotateKeyInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsRotateKeyAnswer>;

  /**
   * Revoke an API key of a service account.
   *
   * It stops working on every server. Revoking twice is revoking once.
   *
   * `DELETE /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}`. Needs the
   * permission `service-accounts:manage`.
   */
  revokeKey(
    input: ServiceAccountsRevokeKeyInput,
    options?: CallOptions,
  ): Promise<ServiceAccountsRevokeKeyAnswer>;
}

/** Accounts of programs, and their keys. */
export function serviceAccountsClient(connection: Connection): ServiceAccountsClient {
  return bound<ServiceAccountsClient>(connection, {
    list: serviceAccountsList,
    listAll: serviceAccountsListAll,
    create: serviceAccountsCreate,
    get: serviceAccountsGet,
    update: serviceAccountsUpdate,
    remove: serviceAccountsRemove,
    listKeys: serviceAccountsListKeys,
    createKey: serviceAccountsCreateKey,
    rotateKey: serviceAccountsRotateKey,
    revokeKey: serviceAccountsRevokeKey,
  });
}
