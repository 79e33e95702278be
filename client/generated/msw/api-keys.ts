// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  ApiKeysCreateAnswer,
  ApiKeysCreateInput,
  ApiKeysGetIfChangedAnswer,
  ApiKeysGetIfChangedInput,
  ApiKeysListAnswer,
  ApiKeysListInput,
  ApiKeysRevokeAnswer,
  ApiKeysRevokeInput,
  ApiKeysRotateAnswer,
  ApiKeysRotateInput,
} from '../api-keys.ts';
import * as examples from './examples.ts';

/** Handlers of `apiKeys`. */
export interface ApiKeysMock<Handler> {
  /**
   * List the own API keys.
   *
   * `GET /api/v1/api-keys`. Needs a sign-in.
   */
  list(reply?: Reply<ApiKeysListInput, ApiKeysListAnswer>): Handler;
  /**
   * Create an API key.
   *
   * `POST /api/v1/api-keys`. Needs a sign-in.
   */
  create(reply?: Reply<ApiKeysCreateInput, ApiKeysCreateAnswer>): Handler;
  /**
   * Get one of the own API keys.
   *
   * `GET /api/v1/api-keys/{keyId}`. Needs a sign-in.
   */
  get(reply?: Reply<ApiKeysGetIfChangedInput, ApiKeysGetIfChangedAnswer>): Handler;
  /**
   * Revoke an API key.
   *
   * `DELETE /api/v1/api-keys/{keyId}`. Needs a sign-in.
   */
  revoke(reply?: Reply<ApiKeysRevokeInput, ApiKeysRevokeAnswer>): Handler;
  /**
   * Rotate an API key.
   *
   * `POST /api/v1/api-keys/{keyId}/rotate`. Needs a sign-in.
   */
  rotate(reply?: Reply<ApiKeysRotateInput, ApiKeysRotateAnswer>): Handler;
}

export const apiKeysSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/api-keys',
    status: 200,
    examples: [examples.ApiKeys],
  },
  create: {
    method: 'post',
    path: '/api/v1/api-keys',
    status: 200,
    examples: [examples.ApiKeyCreated],
  },
  get: {
    method: 'get',
    path: '/api/v1/api-keys/:keyId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.ApiKey],
  },
  revoke: {
    method: 'delete',
    path: '/api/v1/api-keys/:keyId',
    status: 204,
  },
  rotate: {
    method: 'post',
    path: '/api/v1/api-keys/:keyId/rotate',
    status: 200,
    examples: [examples.ApiKeyCreated],
  },
};
