// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Pages,
  type Query,
  keyOf,
  mutation,
  pages,
  query,
} from '../../runtime/queries.ts';
import {
  type ServiceAccountsCreateAnswer,
  type ServiceAccountsCreateInput,
  type ServiceAccountsCreateKeyAnswer,
  type ServiceAccountsCreateKeyInput,
  type ServiceAccountsGetAnswer,
  type ServiceAccountsGetInput,
  type ServiceAccountsListAnswer,
  type ServiceAccountsListInput,
  type ServiceAccountsListKeysAnswer,
  type ServiceAccountsListKeysInput,
  type ServiceAccountsRemoveAnswer,
  type ServiceAccountsRemoveInput,
  type ServiceAccountsRevokeKeyAnswer,
  type ServiceAccountsRevokeKeyInput,
  type ServiceAccountsRotateKeyAnswer,
  type ServiceAccountsRotateKeyInput,
  type ServiceAccountsUpdateAnswer,
  type ServiceAccountsUpdateInput,
  serviceAccountsCreate,
  serviceAccountsCreateKey,
  serviceAccountsGet,
  serviceAccountsList,
  serviceAccountsListKeys,
  serviceAccountsRemove,
  serviceAccountsRevokeKey,
  serviceAccountsRotateKey,
  serviceAccountsUpdate,
} from '../service-accounts.ts';

/** Everything that was asked of `serviceAccounts`. */
export const serviceAccountsKey: Key = keyOf('serviceAccounts');

/**
 * What the keys of `serviceAccountsListOptions` begin with; without an input, whatever it
 * was asked.
 */
export function serviceAccountsListKey(input?: Partial<ServiceAccountsListInput>): Key {
  return keyOf('serviceAccounts', 'list', input);
}

/**
 * List service accounts.
 *
 * `GET /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
 */
export function serviceAccountsListOptions(
  connection: Connection,
  input: ServiceAccountsListInput = {},
): Query<ServiceAccountsListAnswer> {
  return query(['serviceAccounts', 'list'], serviceAccountsList, connection, input);
}

/**
 * List service accounts.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
 */
export function serviceAccountsListInfiniteOptions(
  connection: Connection,
  input: ServiceAccountsListInput = {},
): Pages<ServiceAccountsListAnswer> {
  return pages(['serviceAccounts', 'list'], serviceAccountsList, connection, input);
}

/**
 * Create a service account.
 *
 * `POST /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
 */
export function serviceAccountsCreateMutation(
  connection: Connection,
): Mutation<ServiceAccountsCreateInput, ServiceAccountsCreateAnswer> {
  return mutation(['serviceAccounts', 'create'], serviceAccountsCreate, connection);
}

/**
 * What the keys of `serviceAccountsGetOptions` begin with; without an input, whatever it
 * was asked.
 */
export function serviceAccountsGetKey(input?: Partial<ServiceAccountsGetInput>): Key {
  return keyOf('serviceAccounts', 'get', input);
}

/**
 * Get a service account.
 *
 * `GET /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsGetOptions(
  connection: Connection,
  input: ServiceAccountsGetInput,
): Query<ServiceAccountsGetAnswer> {
  return query(['serviceAccounts', 'get'], serviceAccountsGet, connection, input);
}

/**
 * Change a service account.
 *
 * `PATCH /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsUpdateMutation(
  connection: Connection,
): Mutation<ServiceAccountsUpdateInput, ServiceAccountsUpdateAnswer> {
  return mutation(['serviceAccounts', 'update'], serviceAccountsUpdate, connection);
}

/**
 * Remove a service account.
 *
 * `DELETE /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsRemoveMutation(
  connection: Connection,
): Mutation<ServiceAccountsRemoveInput, ServiceAccountsRemoveAnswer> {
  return mutation(['serviceAccounts', 'remove'], serviceAccountsRemove, connection);
}

/**
 * What the keys of `serviceAccountsListKeysOptions` begin with; without an input, whatever
 * it was asked.
 */
export function serviceAccountsListKeysKey(input?: Partial<ServiceAccountsListKeysInput>): Key {
  return keyOf('serviceAccounts', 'listKeys', input);
}

/**
 * List the API keys of a service account.
 *
 * `GET /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsListKeysOptions(
  connection: Connection,
  input: ServiceAccountsListKeysInput,
): Query<ServiceAccountsListKeysAnswer> {
  return query(['serviceAccounts', 'listKeys'], serviceAccountsListKeys, connection, input);
}

/**
 * Create an API key for a service account.
 *
 * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
 * `service-accounts:manage`.
 */
export function serviceAccountsCreateKeyMutation(
  connection: Connection,
): Mutation<ServiceAccountsCreateKeyInput, ServiceAccountsCreateKeyAnswer> {
  return mutation(['serviceAccounts', 'createKey'], serviceAccountsCreateKey, connection);
}

/**
 * Rotate an API key of a service account.
 *
 * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}/rotate`. Needs the
 * permission `service-accounts:manage`.
 */
export function serviceAccountsRotateKeyMutation(
  connection: Connection,
): Mutation<ServiceAccountsRotateKeyInput, ServiceAccountsRotateKeyAnswer> {
  return mutation(['serviceAccounts', 'rotateKey'], serviceAccountsRotateKey, connection);
}

/**
 * Revoke an API key of a service account.
 *
 * `DELETE /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}`. Needs the
 * permission `service-accounts:manage`.
 */
export function serviceAccountsRevokeKeyMutation(
  connection: Connection,
): Mutation<ServiceAccountsRevokeKeyInput, ServiceAccountsRevokeKeyAnswer> {
  return mutation(['serviceAccounts', 'revokeKey'], serviceAccountsRevokeKey, connection);
}
