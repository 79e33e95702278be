// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { ApiKey, ApiKeyCreated, ApiKeyRotation, ApiKeys, NewApiKey } from './schemas.ts';

export type ApiKeysListInput = Record<string, never>;

export type ApiKeysListAnswer =
  | {
      ok: true;
      status: 200;
      body: ApiKeys;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the own API keys.
 *
 * The API keys of the account with their last use, the newest first.
 *
 * `GET /api/v1/api-keys`. Needs a sign-in.
 */
export function apiKeysList(
  connection: Connection,
  input?: ApiKeysListInput,
  options?: CallOptions,
): Promise<ApiKeysListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/api-keys',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface ApiKeysCreateInput {
  body: NewApiKey;
}

export type ApiKeysCreateAnswer =
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
        | 'people_only'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'already_done' | 'idempotency_key_in_use' | 'too_many_api_keys'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create an API key.
 *
 * Makes a key that acts as the account, within the scopes and what the account may do at
 * that moment. It is shown in this answer only.
 *
 * `POST /api/v1/api-keys`. Needs a sign-in.
 */
export function apiKeysCreate(
  connection: Connection,
  input: ApiKeysCreateInput,
  options?: CallOptions,
): Promise<ApiKeysCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/api-keys',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface ApiKeysGetInput {
  /** A UUID. */
  keyId: string;
}

export interface ApiKeysGetIfChangedInput {
  /** A UUID. */
  keyId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type ApiKeysGetAnswer =
  | {
      ok: true;
      status: 200;
      body: ApiKey;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type ApiKeysGetIfChangedAnswer = ApiKeysGetAnswer | NotModified;

/**
 * Get one of the own API keys.
 *
 * Answers one API key of the account, without its secret.
 *
 * `GET /api/v1/api-keys/{keyId}`. Needs a sign-in.
 */
export function apiKeysGet(
  connection: Connection,
  input: ApiKeysGetIfChangedInput,
  options?: CallOptions,
): Promise<ApiKeysGetIfChangedAnswer>;
export function apiKeysGet(
  connection: Connection,
  input: ApiKeysGetInput,
  options?: CallOptions,
): Promise<ApiKeysGetAnswer>;
export function apiKeysGet(
  connection: Connection,
  input: ApiKeysGetInput | ApiKeysGetIfChangedInput,
  options?: CallOptions,
): Promise<ApiKeysGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/api-keys/{keyId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface ApiKeysRevokeInput {
  /** A UUID. */
  keyId: string;
}

export type ApiKeysRevokeAnswer =
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
      'cross_site_request' | 'impersonation_denied' | 'people_only' | 'second_factor_required'
    >
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Revoke an API key.
 *
 * It stops working on every server. Revoking twice is revoking once.
 *
 * `DELETE /api/v1/api-keys/{keyId}`. Needs a sign-in.
 */
export function apiKeysRevoke(
  connection: Connection,
  input: ApiKeysRevokeInput,
  options?: CallOptions,
): Promise<ApiKeysRevokeAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/api-keys/{keyId}',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface ApiKeysRotateInput {
  /** A UUID. */
  keyId: string;
  body: ApiKeyRotation;
}

export type ApiKeysRotateAnswer =
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
        | 'people_only'
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
 * Rotate an API key.
 *
 * Makes another key of the same name and scopes. The old one works on for the overlap, so
 * that programs can change over.
 *
 * `POST /api/v1/api-keys/{keyId}/rotate`. Needs a sign-in.
 */
export function apiKeysRotate(
  connection: Connection,
  input: ApiKeysRotateInput,
  options?: CallOptions,
): Promise<ApiKeysRotateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/api-keys/{keyId}/rotate',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

/** Keys with which programs act as the own account. */
export interface ApiKeysClient {
  /**
   * List the own API keys.
   *
   * The API keys of the account with their last use, the newest first.
   *
   * `GET /api/v1/api-keys`. Needs a sign-in.
   */
  list(input?: ApiKeysListInput, options?: CallOptions): Promise<ApiKeysListAnswer>;

  /**
   * Create an API key.
   *
   * Makes a key that acts as the account, within the scopes and what the account may do at
   * that moment. It is shown in this answer only.
   *
   * `POST /api/v1/api-keys`. Needs a sign-in.
   */
  create(input: ApiKeysCreateInput, options?: CallOptions): Promise<ApiKeysCreateAnswer>;

  /**
   * Get one of the own API keys.
   *
   * Answers one API key of the account, without its secret.
   *
   * `GET /api/v1/api-keys/{keyId}`. Needs a sign-in.
   */
  get(input: ApiKeysGetIfChangedInput, options?: CallOptions): Promise<ApiKeysGetIfChangedAnswer>;
  /**
   * Get one of the own API keys.
   *
   * Answers one API key of the account, without its secret.
   *
   * `GET /api/v1/api-keys/{keyId}`. Needs a sign-in.
   */
  get(input: ApiKeysGetInput, options?: CallOptions): Promise<ApiKeysGetAnswer>;

  /**
   * Revoke an API key.
   *
   * It stops working on every server. Revoking twice is revoking once.
   *
   * `DELETE /api/v1/api-keys/{keyId}`. Needs a sign-in.
   */
  revoke(input: ApiKeysRevokeInput, options?: CallOptions): Promise<ApiKeysRevokeAnswer>;

  /**
   * Rotate an API key.
   *
   * Makes another key of the same name and scopes. The old one works on for the overlap, so
   * that programs can change over.
   *
   * `POST /api/v1/api-keys/{keyId}/rotate`. Needs a sign-in.
   */
  rotate(input: ApiKeysRotateInput, options?: CallOptions): Promise<ApiKeysRotateAnswer>;
}

/** Keys with which programs act as the own account. */
export function apiKeysClient(connection: Connection): ApiKeysClient {
  return bound<ApiKeysClient>(connection, {
    list: apiKeysList,
    create: apiKeysCreate,
    get: apiKeysGet,
    revoke: apiKeysRevoke,
    rotate: apiKeysRotate,
  });
}
