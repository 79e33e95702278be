// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  WebhooksCreateAnswer,
  WebhooksCreateInput,
  WebhooksDeliveriesAnswer,
  WebhooksDeliveriesInput,
  WebhooksGetIfChangedAnswer,
  WebhooksGetIfChangedInput,
  WebhooksListAnswer,
  WebhooksListInput,
  WebhooksRedeliverAnswer,
  WebhooksRedeliverInput,
  WebhooksRemoveAnswer,
  WebhooksRemoveInput,
  WebhooksRotateSecretAnswer,
  WebhooksRotateSecretInput,
  WebhooksTestAnswer,
  WebhooksTestInput,
  WebhooksUpdateAnswer,
  WebhooksUpdateInput,
} from '../webhooks.ts';
import * as examples from './examples.ts';

/** Handlers of `webhooks`. */
export interface WebhooksMock<Handler> {
  /**
   * List webhooks.
   *
   * `GET /api/v1/webhooks`. Needs the permission `webhooks:read`.
   */
  list(reply?: Reply<WebhooksListInput, WebhooksListAnswer>): Handler;
  /**
   * Create a webhook.
   *
   * `POST /api/v1/webhooks`. Needs the permission `webhooks:manage`.
   */
  create(reply?: Reply<WebhooksCreateInput, WebhooksCreateAnswer>): Handler;
  /**
   * Get a webhook.
   *
   * `GET /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:read`.
   */
  get(reply?: Reply<WebhooksGetIfChangedInput, WebhooksGetIfChangedAnswer>): Handler;
  /**
   * Change a webhook, pause it or let it go on.
   *
   * `PATCH /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
   */
  update(reply?: Reply<WebhooksUpdateInput, WebhooksUpdateAnswer>): Handler;
  /**
   * Remove a webhook.
   *
   * `DELETE /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
   */
  remove(reply?: Reply<WebhooksRemoveInput, WebhooksRemoveAnswer>): Handler;
  /**
   * Rotate the secret of a webhook.
   *
   * `POST /api/v1/webhooks/{webhookId}/rotate-secret`. Needs the permission
   * `webhooks:manage`.
   */
  rotateSecret(reply?: Reply<WebhooksRotateSecretInput, WebhooksRotateSecretAnswer>): Handler;
  /**
   * Send an example event to a webhook.
   *
   * `POST /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:manage`.
   */
  test(reply?: Reply<WebhooksTestInput, WebhooksTestAnswer>): Handler;
  /**
   * List the deliveries of a webhook.
   *
   * `GET /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:read`.
   */
  deliveries(reply?: Reply<WebhooksDeliveriesInput, WebhooksDeliveriesAnswer>): Handler;
  /**
   * Send an event to a webhook again.
   *
   * `POST /api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver`. Needs the
   * permission `webhooks:manage`.
   */
  redeliver(reply?: Reply<WebhooksRedeliverInput, WebhooksRedeliverAnswer>): Handler;
}

export const webhooksSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/webhooks',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean' },
    status: 200,
    examples: [examples.WebhookPage],
  },
  create: {
    method: 'post',
    path: '/api/v1/webhooks',
    status: 200,
    examples: [examples.WebhookWithSecret],
  },
  get: {
    method: 'get',
    path: '/api/v1/webhooks/:webhookId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.Webhook],
  },
  update: {
    method: 'patch',
    path: '/api/v1/webhooks/:webhookId',
    headers: { ifMatch: 'If-Match' },
    status: 200,
    examples: [examples.Webhook],
  },
  remove: {
    method: 'delete',
    path: '/api/v1/webhooks/:webhookId',
    headers: { ifMatch: 'If-Match' },
    status: 204,
  },
  rotateSecret: {
    method: 'post',
    path: '/api/v1/webhooks/:webhookId/rotate-secret',
    status: 200,
    examples: [examples.WebhookWithSecret],
  },
  test: {
    method: 'post',
    path: '/api/v1/webhooks/:webhookId/deliveries',
    status: 202,
    examples: [examples.WebhookDelivery],
  },
  deliveries: {
    method: 'get',
    path: '/api/v1/webhooks/:webhookId/deliveries',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean', isTest: 'boolean' },
    status: 200,
    examples: [examples.WebhookDeliveryPage],
  },
  redeliver: {
    method: 'post',
    path: '/api/v1/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
    status: 202,
    examples: [examples.WebhookDelivery],
  },
};
