// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Query,
  keyOf,
  mutation,
  query,
} from '../../runtime/queries.ts';
import {
  type ApiKeysCreateAnswer,
  type ApiKeysCreateInput,
  type ApiKeysGetAnswer,
  type ApiKeysGetInput,
  type ApiKeysListAnswer,
  type ApiKeysRevokeAnswer,
  type ApiKeysRevokeInput,
  type ApiKeysRotateAnswer,
  type ApiKeysRotateInput,
  apiKeysCreate,
  apiKeysGet,
  apiKeysList,
  apiKeysRevoke,
  apiKeysRotate,
} from '../api-keys.ts';

/** Everything that was asked of `apiKeys`. */
export const apiKeysKey: Key = keyOf('apiKeys');

/** What the keys of `apiKeysListOptions` begin with. */
export function apiKeysListKey(): Key {
  return keyOf('apiKeys', 'list');
}

/**
 * List the own API keys.
 *
 * `GET /api/v1/api-keys`. Needs a sign-in.
 */
export function apiKeysListOptions(connection: Connection): Query<ApiKeysListAnswer> {
  return query(['apiKeys', 'list'], apiKeysList, connection, {});
}

/**
 * Create an API key.
 *
 * `POST /api/v1/api-keys`. Needs a sign-in.
 */
export function apiKeysCreateMutation(
  connection: Connection,
): Mutation<ApiKeysCreateInput, ApiKeysCreateAnswer> {
  return mutation(['apiKeys', 'create'], apiKeysCreate, connection);
}

/**
 * What the keys of `apiKeysGetOptions` begin with; without an input, whatever it was
 * asked.
 */
export function apiKeysGetKey(input?: Partial<ApiKeysGetInput>): Key {
  return keyOf('apiKeys', 'get', input);
}

/**
 * Get one of the own API keys.
 *
 * `GET /api/v1/api-keys/{keyId}`. Needs a sign-in.
 */
export function apiKeysGetOptions(
  connection: Connection,
  input: ApiKeysGetInput,
): Query<ApiKeysGetAnswer> {
  return query(['apiKeys', 'get'], apiKeysGet, connection, input);
}

/**
 * Revoke an API key.
 *
 * `DELETE /api/v1/api-keys/{keyId}`. Needs a sign-in.
 */
export function apiKeysRevokeMutation(
  connection: Connection,
): Mutation<ApiKeysRevokeInput, ApiKeysRevokeAnswer> {
  return mutation(['apiKeys', 'revoke'], apiKeysRevoke, connection);
}

/**
 * Rotate an API key.
 *
 * `POST /api/v1/api-keys/{keyId}/rotate`. Needs a sign-in.
 */
export function apiKeysRotateMutation(
  connection: Connection,
): Mutation<ApiKeysRotateInput, ApiKeysRotateAnswer> {
  return mutation(['apiKeys', 'rotate'], apiKeysRotate, connection);
}
