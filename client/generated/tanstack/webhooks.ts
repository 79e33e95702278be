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
  type WebhooksCreateAnswer,
  type WebhooksCreateInput,
  type WebhooksDeliveriesAnswer,
  type WebhooksDeliveriesInput,
  type WebhooksGetAnswer,
  type WebhooksGetInput,
  type WebhooksListAnswer,
  type WebhooksListInput,
  type WebhooksRedeliverAnswer,
  type WebhooksRedeliverInput,
  type WebhooksRemoveAnswer,
  type WebhooksRemoveInput,
  type WebhooksRotateSecretAnswer,
  type WebhooksRotateSecretInput,
  type WebhooksTestAnswer,
  type WebhooksTestInput,
  type WebhooksUpdateAnswer,
  type WebhooksUpdateInput,
  webhooksCreate,
  webhooksDeliveries,
  webhooksGet,
  webhooksList,
  webhooksRedeliver,
  webhooksRemove,
  webhooksRotateSecret,
  webhooksTest,
  webhooksUpdate,
} from '../webhooks.ts';

/** Everything that was asked of `webhooks`. */
export const webhooksKey: Key = keyOf('webhooks');

/**
 * What the keys of `webhooksListOptions` begin with; without an input, whatever it was
 * asked.
 */
export function webhooksListKey(input?: Partial<WebhooksListInput>): Key {
  return keyOf('webhooks', 'list', input);
}

/**
 * List webhooks.
 *
 * `GET /api/v1/webhooks`. Needs the permission `webhooks:read`.
 */
export function webhooksListOptions(
  connection: Connection,
  input: WebhooksListInput = {},
): Query<WebhooksListAnswer> {
  return query(['webhooks', 'list'], webhooksList, connection, input);
}

/**
 * List webhooks.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/webhooks`. Needs the permission `webhooks:read`.
 */
export function webhooksListInfiniteOptions(
  connection: Connection,
  input: WebhooksListInput = {},
): Pages<WebhooksListAnswer> {
  return pages(['webhooks', 'list'], webhooksList, connection, input);
}

/**
 * Create a webhook.
 *
 * `POST /api/v1/webhooks`. Needs the permission `webhooks:manage`.
 */
export function webhooksCreateMutation(
  connection: Connection,
): Mutation<WebhooksCreateInput, WebhooksCreateAnswer> {
  return mutation(['webhooks', 'create'], webhooksCreate, connection);
}

/**
 * What the keys of `webhooksGetOptions` begin with; without an input, whatever it was
 * asked.
 */
export function webhooksGetKey(input?: Partial<WebhooksGetInput>): Key {
  return keyOf('webhooks', 'get', input);
}

/**
 * Get a webhook.
 *
 * `GET /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:read`.
 */
export function webhooksGetOptions(
  connection: Connection,
  input: WebhooksGetInput,
): Query<WebhooksGetAnswer> {
  return query(['webhooks', 'get'], webhooksGet, connection, input);
}

/**
 * Change a webhook, pause it or let it go on.
 *
 * `PATCH /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
 */
export function webhooksUpdateMutation(
  connection: Connection,
): Mutation<WebhooksUpdateInput, WebhooksUpdateAnswer> {
  return mutation(['webhooks', 'update'], webhooksUpdate, connection);
}

/**
 * Remove a webhook.
 *
 * `DELETE /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
 */
export function webhooksRemoveMutation(
  connection: Connection,
): Mutation<WebhooksRemoveInput, WebhooksRemoveAnswer> {
  return mutation(['webhooks', 'remove'], webhooksRemove, connection);
}

/**
 * Rotate the secret of a webhook.
 *
 * `POST /api/v1/webhooks/{webhookId}/rotate-secret`. Needs the permission
 * `webhooks:manage`.
 */
export function webhooksRotateSecretMutation(
  connection: Connection,
): Mutation<WebhooksRotateSecretInput, WebhooksRotateSecretAnswer> {
  return mutation(['webhooks', 'rotateSecret'], webhooksRotateSecret, connection);
}

/**
 * Send an example event to a webhook.
 *
 * `POST /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:manage`.
 */
export function webhooksTestMutation(
  connection: Connection,
): Mutation<WebhooksTestInput, WebhooksTestAnswer> {
  return mutation(['webhooks', 'test'], webhooksTest, connection);
}

/**
 * What the keys of `webhooksDeliveriesOptions` begin with; without an input, whatever it
 * was asked.
 */
export function webhooksDeliveriesKey(input?: Partial<WebhooksDeliveriesInput>): Key {
  return keyOf('webhooks', 'deliveries', input);
}

/**
 * List the deliveries of a webhook.
 *
 * `GET /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:read`.
 */
export function webhooksDeliveriesOptions(
  connection: Connection,
  input: WebhooksDeliveriesInput,
): Query<WebhooksDeliveriesAnswer> {
  return query(['webhooks', 'deliveries'], webhooksDeliveries, connection, input);
}

/**
 * List the deliveries of a webhook.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:read`.
 */
export function webhooksDeliveriesInfiniteOptions(
  connection: Connection,
  input: WebhooksDeliveriesInput,
): Pages<WebhooksDeliveriesAnswer> {
  return pages(['webhooks', 'deliveries'], webhooksDeliveries, connection, input);
}

/**
 * Send an event to a webhook again.
 *
 * `POST /api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver`. Needs the
 * permission `webhooks:manage`.
 */
export function webhooksRedeliverMutation(
  connection: Connection,
): Mutation<WebhooksRedeliverInput, WebhooksRedeliverAnswer> {
  return mutation(['webhooks', 'redeliver'], webhooksRedeliver, connection);
}
