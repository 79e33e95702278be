// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  ServiceAccountsCreateAnswer,
  ServiceAccountsCreateInput,
  ServiceAccountsCreateKeyAnswer,
  ServiceAccountsCreateKeyInput,
  ServiceAccountsGetIfChangedAnswer,
  ServiceAccountsGetIfChangedInput,
  ServiceAccountsListAnswer,
  ServiceAccountsListInput,
  ServiceAccountsListKeysAnswer,
  ServiceAccountsListKeysInput,
  ServiceAccountsRemoveAnswer,
  ServiceAccountsRemoveInput,
  ServiceAccountsRevokeKeyAnswer,
  ServiceAccountsRevokeKeyInput,
  ServiceAccountsRotateKeyAnswer,
  ServiceAccountsRotateKeyInput,
  ServiceAccountsUpdateAnswer,
  ServiceAccountsUpdateInput,
} from '../service-accounts.ts';
import * as examples from './examples.ts';

/** Handlers of `serviceAccounts`. */
export interface ServiceAccountsMock<Handler> {
  /**
   * List service accounts.
   *
   * `GET /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
   */
  list(reply?: Reply<ServiceAccountsListInput, ServiceAccountsListAnswer>): Handler;
  /**
   * Create a service account.
   *
   * `POST /api/v1/service-accounts`. Needs the permission `service-accounts:manage`.
   */
  create(reply?: Reply<ServiceAccountsCreateInput, ServiceAccountsCreateAnswer>): Handler;
  /**
   * Get a service account.
   *
   * `GET /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  get(reply?: Reply<ServiceAccountsGetIfChangedInput, ServiceAccountsGetIfChangedAnswer>): Handler;
  /**
   * Change a service account.
   *
   * `PATCH /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  update(reply?: Reply<ServiceAccountsUpdateInput, ServiceAccountsUpdateAnswer>): Handler;
  /**
   * Remove a service account.
   *
   * `DELETE /api/v1/service-accounts/{serviceAccountId}`. Needs the permission
   * `service-accounts:manage`.
   */
  remove(reply?: Reply<ServiceAccountsRemoveInput, ServiceAccountsRemoveAnswer>): Handler;
  /**
   * List the API keys of a service account.
   *
   * `GET /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
   * `service-accounts:manage`.
   */
  listKeys(reply?: Reply<ServiceAccountsListKeysInput, ServiceAccountsListKeysAnswer>): Handler;
  /**
   * Create an API key for a service account.
   *
   * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys`. Needs the permission
   * `service-accounts:manage`.
   */
  createKey(reply?: Reply<ServiceAccountsCreateKeyInput, ServiceAccountsCreateKeyAnswer>): Handler;
  /**
   * Rotate an API key of a service account.
   *
   * `POST /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}/rotate`. Needs the
   * permission `service-accounts:manage`.
   */
  rotateKey(reply?: Reply<ServiceAccountsRotateKeyInput, ServiceAccountsRotateKeyAnswer>): Handler;
  /**
   * Revoke an API key of a service account.
   *
   * `DELETE /api/v1/service-accounts/{serviceAccountId}/api-keys/{keyId}`. Needs the
   * permission `service-accounts:manage`.
   */
  revokeKey(reply?: Reply<ServiceAccountsRevokeKeyInput, ServiceAccountsRevokeKeyAnswer>): Handler;
}

export const serviceAccountsSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/service-accounts',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean', isActive: 'boolean' },
    status: 200,
    examples: [examples.ServiceAccountPage],
  },
  create: {
    method: 'post',
    path: '/api/v1/service-accounts',
    status: 201,
    examples: [examples.ServiceAccount],
  },
  get: {
    method: 'get',
    path: '/api/v1/service-accounts/:serviceAccountId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.ServiceAccount],
  },
  update: {
    method: 'patch',
    path: '/api/v1/service-accounts/:serviceAccountId',
    headers: { ifMatch: 'If-Match' },
    status: 200,
    examples: [examples.ServiceAccount],
  },
  remove: {
    method: 'delete',
    path: '/api/v1/service-accounts/:serviceAccountId',
    headers: { ifMatch: 'If-Match' },
    status: 204,
  },
  listKeys: {
    method: 'get',
    path: '/api/v1/service-accounts/:serviceAccountId/api-keys',
    status: 200,
    examples: [examples.ApiKeys],
  },
  createKey: {
    method: 'post',
    path: '/api/v1/service-accounts/:serviceAccountId/api-keys',
    status: 200,
    examples: [examples.ApiKeyCreated],
  },
  rotateKey: {
    method: 'post',
    path: '/api/v1/service-accounts/:serviceAccountId/api-keys/:keyId/rotate',
    status: 200,
    examples: [examples.ApiKeyCreated],
  },
  revokeKey: {
    method: 'delete',
    path: '/api/v1/service-accounts/:serviceAccountId/api-keys/:keyId',
    status: 204,
  },
};
