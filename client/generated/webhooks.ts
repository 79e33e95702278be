// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  NewWebhook,
  Webhook,
  WebhookChanges,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookPage,
  WebhookRotation,
  WebhookTest,
  WebhookWithSecret,
} from './schemas.ts';

export interface WebhooksListInput {
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'createdAt' | '-createdAt' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
  /** Only those in this state. */
  state?: 'active' | 'paused' | undefined;
}

export type WebhooksListAnswer =
  | {
      ok: true;
      status: 200;
      body: WebhookPage;
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
 * List webhooks.
 *
 * Pages through the webhooks, the oldest first unless asked otherwise.
 *
 * `GET /api/v1/webhooks`. Needs the permission `webhooks:read`.
 */
export function webhooksList(
  connection: Connection,
  input?: WebhooksListInput,
  options?: CallOptions,
): Promise<WebhooksListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/webhooks',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List webhooks: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function webhooksListAll(
  connection: Connection,
  input?: WebhooksListInput,
  options?: ListOptions,
): AsyncGenerator<Webhook, void, undefined> {
  return itemsOf((next) => webhooksList(connection, { ...input, ...next }, options), options);
}

export interface WebhooksCreateInput {
  body: NewWebhook;
}

export type WebhooksCreateAnswer =
  | {
      ok: true;
      status: 200;
      body: WebhookWithSecret;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'already_done' | 'idempotency_key_in_use' | 'too_many_webhooks'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Create a webhook.
 *
 * Events that happen from now on are sent to its address, signed as Standard Webhooks
 * says. The secret is shown in this answer only. Whoever asks for a kind of event holds
 * what it takes to read such events.
 *
 * `POST /api/v1/webhooks`. Needs the permission `webhooks:manage`.
 */
export function webhooksCreate(
  connection: Connection,
  input: WebhooksCreateInput,
  options?: CallOptions,
): Promise<WebhooksCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/webhooks',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface WebhooksGetInput {
  /** A UUID. */
  webhookId: string;
}

export interface WebhooksGetIfChangedInput {
  /** A UUID. */
  webhookId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type WebhooksGetAnswer =
  | {
      ok: true;
      status: 200;
      body: Webhook;
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

export type WebhooksGetIfChangedAnswer = WebhooksGetAnswer | NotModified;

/**
 * Get a webhook.
 *
 * Answers one webhook, without its secret.
 *
 * `GET /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:read`.
 */
export function webhooksGet(
  connection: Connection,
  input: WebhooksGetIfChangedInput,
  options?: CallOptions,
): Promise<WebhooksGetIfChangedAnswer>;
export function webhooksGet(
  connection: Connection,
  input: WebhooksGetInput,
  options?: CallOptions,
): Promise<WebhooksGetAnswer>;
export function webhooksGet(
  connection: Connection,
  input: WebhooksGetInput | WebhooksGetIfChangedInput,
  options?: CallOptions,
): Promise<WebhooksGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/webhooks/{webhookId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface WebhooksUpdateInput {
  /** A UUID. */
  webhookId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
  body: WebhookChanges;
}

export type WebhooksUpdateAnswer =
  | {
      ok: true;
      status: 200;
      body: Webhook;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change a webhook, pause it or let it go on.
 *
 * Changes what is sent and leaves the rest. Whoever changes anything but its description,
 * or more than pausing it, holds what it takes to read the events that it gets.
 *
 * `PATCH /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
 */
export function webhooksUpdate(
  connection: Connection,
  input: WebhooksUpdateInput,
  options?: CallOptions,
): Promise<WebhooksUpdateAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/webhooks/{webhookId}',
      answers: { 200: 'json' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface WebhooksRemoveInput {
  /** A UUID. */
  webhookId: string;
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
}

export type WebhooksRemoveAnswer =
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
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove a webhook.
 *
 * It is gone for good, with its deliveries. What waits is not sent any more.
 *
 * `DELETE /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
 */
export function webhooksRemove(
  connection: Connection,
  input: WebhooksRemoveInput,
  options?: CallOptions,
): Promise<WebhooksRemoveAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/webhooks/{webhookId}',
      answers: { 204: 'empty' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface WebhooksRotateSecretInput {
  /** A UUID. */
  webhookId: string;
  body: WebhookRotation;
}

export type WebhooksRotateSecretAnswer =
  | {
      ok: true;
      status: 200;
      body: WebhookWithSecret;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'already_done' | 'idempotency_key_in_use'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Rotate the secret of a webhook.
 *
 * Makes another secret, shown in this answer only. The old one signs beside it for the
 * overlap, so that the receiver can change over.
 *
 * `POST /api/v1/webhooks/{webhookId}/rotate-secret`. Needs the permission
 * `webhooks:manage`.
 */
export function webhooksRotateSecret(
  connection: Connection,
  input: WebhooksRotateSecretInput,
  options?: CallOptions,
): Promise<WebhooksRotateSecretAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/webhooks/{webhookId}/rotate-secret',
      answers: { 200: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface WebhooksTestInput {
  /** A UUID. */
  webhookId: string;
  body: WebhookTest;
}

export type WebhooksTestAnswer =
  | {
      ok: true;
      status: 202;
      body: WebhookDelivery;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'idempotency_key_in_use' | 'webhook_paused'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Send an example event to a webhook.
 *
 * A worker sends the example of the kind, once, with `test: true` in its body. What became
 * of it stands among the deliveries.
 *
 * `POST /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:manage`.
 */
export function webhooksTest(
  connection: Connection,
  input: WebhooksTestInput,
  options?: CallOptions,
): Promise<WebhooksTestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/webhooks/{webhookId}/deliveries',
      answers: { 202: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface WebhooksDeliveriesInput {
  /** A UUID. */
  webhookId: string;
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'createdAt' | '-createdAt' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
  /** Only those in this state. */
  state?: 'waiting' | 'delivered' | 'failed' | undefined;
  /** Only this kind of event. */
  event?:
    | 'account.created'
    | 'account.updated'
    | 'account.deactivated'
    | 'account.activated'
    | 'account.removed'
    | 'account.restored'
    | 'account.erasure_requested'
    | 'account.erasure_cancelled'
    | 'account.erased'
    | 'account.roles_changed'
    | 'account.email_verified'
    | 'account.password_changed'
    | 'account.factor_added'
    | 'account.factor_removed'
    | 'account.recovery_codes_renewed'
    | 'account.codes_guessed'
    | 'account.identity_linked'
    | 'account.identity_unlinked'
    | 'account.impersonated'
    | 'account.impersonation_ended'
    | 'session.started'
    | 'session.started_on_new_device'
    | 'session.ended'
    | 'api_key.created'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'service_account.created'
    | 'service_account.updated'
    | 'service_account.removed'
    | 'role.created'
    | 'role.updated'
    | 'role.removed'
    | 'invitation.created'
    | 'invitation.revoked'
    | 'invitation.accepted'
    | 'signing_key.rotated'
    | 'signing_key.revoked'
    | 'audit.sealed'
    | undefined;
  /** Only tests, or only events that happened. */
  isTest?: boolean | undefined;
}

export type WebhooksDeliveriesAnswer =
  | {
      ok: true;
      status: 200;
      body: WebhookDeliveryPage;
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
 * List the deliveries of a webhook.
 *
 * Pages through what was sent and what waits, the newest first unless asked otherwise.
 * They are kept for `WEBHOOK_DELIVERY_DAYS`.
 *
 * `GET /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:read`.
 */
export function webhooksDeliveries(
  connection: Connection,
  input: WebhooksDeliveriesInput,
  options?: CallOptions,
): Promise<WebhooksDeliveriesAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/webhooks/{webhookId}/deliveries',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List the deliveries of a webhook: all items, page by page, fetched as they are asked
 * for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function webhooksDeliveriesAll(
  connection: Connection,
  input: WebhooksDeliveriesInput,
  options?: ListOptions,
): AsyncGenerator<WebhookDelivery, void, undefined> {
  return itemsOf((next) => webhooksDeliveries(connection, { ...input, ...next }, options), options);
}

export interface WebhooksRedeliverInput {
  /** A UUID. */
  webhookId: string;
  /** A UUID. */
  deliveryId: string;
}

export type WebhooksRedeliverAnswer =
  | {
      ok: true;
      status: 202;
      body: WebhookDelivery;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'idempotency_key_in_use' | 'webhook_paused'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Send an event to a webhook again.
 *
 * What was delivered or given up is sent once more, under the same `webhook-id`, behind
 * what waits about the same thing: that is a delivery of its own. One that waits for its
 * next attempt is tried now.
 *
 * `POST /api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver`. Needs the
 * permission `webhooks:manage`.
 */
export function webhooksRedeliver(
  connection: Connection,
  input: WebhooksRedeliverInput,
  options?: CallOptions,
): Promise<WebhooksRedeliverAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
      answers: { 202: 'json' },
    },
    input,
    options,
    keyed,
  );
}

/** Addresses that are told of events, and what was delivered to them. */
export interface WebhooksClient {
  /**
   * List webhooks.
   *
   * Pages through the webhooks, the oldest first unless asked otherwise.
   *
   * `GET /api/v1/webhooks`. Needs the permission `webhooks:read`.
   */
  list(input?: WebhooksListInput, options?: CallOptions): Promise<WebhooksListAnswer>;

  /**
   * List webhooks: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(
    input?: WebhooksListInput,
    options?: ListOptions,
  ): AsyncGenerator<Webhook, void, undefined>;

  /**
   * Create a webhook.
   *
   * Events that happen from now on are sent to its address, signed as Standard Webhooks
   * says. The secret is shown in this answer only. Whoever asks for a kind of event holds
   * what it takes to read such events.
   *
   * `POST /api/v1/webhooks`. Needs the permission `webhooks:manage`.
   */
  create(input: WebhooksCreateInput, options?: CallOptions): Promise<WebhooksCreateAnswer>;

  /**
   * Get a webhook.
   *
   * Answers one webhook, without its secret.
   *
   * `GET /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:read`.
   */
  get(input: WebhooksGetIfChangedInput, options?: CallOptions): Promise<WebhooksGetIfChangedAnswer>;
  /**
   * Get a webhook.
   *
   * Answers one webhook, without its secret.
   *
   * `GET /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:read`.
   */
  get(input: WebhooksGetInput, options?: CallOptions): Promise<WebhooksGetAnswer>;

  /**
   * Change a webhook, pause it or let it go on.
   *
   * Changes what is sent and leaves the rest. Whoever changes anything but its description,
   * or more than pausing it, holds what it takes to read the events that it gets.
   *
   * `PATCH /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
   */
  update(input: WebhooksUpdateInput, options?: CallOptions): Promise<WebhooksUpdateAnswer>;

  /**
   * Remove a webhook.
   *
   * It is gone for good, with its deliveries. What waits is not sent any more.
   *
   * `DELETE /api/v1/webhooks/{webhookId}`. Needs the permission `webhooks:manage`.
   */
  remove(input: WebhooksRemoveInput, options?: CallOptions): Promise<WebhooksRemoveAnswer>;

  /**
   * Rotate the secret of a webhook.
   *
   * Makes another secret, shown in this answer only. The old one signs beside it for the
   * overlap, so that the receiver can change over.
   *
   * `POST /api/v1/webhooks/{webhookId}/rotate-secret`. Needs the permission
   * `webhooks:manage`.
   */
  rotateSecret(
    input: WebhooksRotateSecretInput,
    options?: CallOptions,
  ): Promise<WebhooksRotateSecretAnswer>;

  /**
   * Send an example event to a webhook.
   *
   * A worker sends the example of the kind, once, with `test: true` in its body. What became
   * of it stands among the deliveries.
   *
   * `POST /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:manage`.
   */
  test(input: WebhooksTestInput, options?: CallOptions): Promise<WebhooksTestAnswer>;

  /**
   * List the deliveries of a webhook.
   *
   * Pages through what was sent and what waits, the newest first unless asked otherwise.
   * They are kept for `WEBHOOK_DELIVERY_DAYS`.
   *
   * `GET /api/v1/webhooks/{webhookId}/deliveries`. Needs the permission `webhooks:read`.
   */
  deliveries(
    input: WebhooksDeliveriesInput,
    options?: CallOptions,
  ): Promise<WebhooksDeliveriesAnswer>;

  /**
   * List the deliveries of a webhook: all items, page by page, fetched as they are asked
   * for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  deliveriesAll(
    input: WebhooksDeliveriesInput,
    options?: ListOptions,
  ): AsyncGenerator<WebhookDelivery, void, undefined>;

  /**
   * Send an event to a webhook again.
   *
   * What was delivered or given up is sent once more, under the same `webhook-id`, behind
   * what waits about the same thing: that is a delivery of its own. One that waits for its
   * next attempt is tried now.
   *
   * `POST /api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver`. Needs the
   * permission `webhooks:manage`.
   */
  redeliver(input: WebhooksRedeliverInput, options?: CallOptions): Promise<WebhooksRedeliverAnswer>;
}

/** Addresses that are told of events, and what was delivered to them. */
export function webhooksClient(connection: Connection): WebhooksClient {
  return bound<WebhooksClient>(connection, {
    list: webhooksList,
    listAll: webhooksListAll,
    create: webhooksCreate,
    get: webhooksGet,
    update: webhooksUpdate,
    remove: webhooksRemove,
    rotateSecret: webhooksRotateSecret,
    test: webhooksTest,
    deliveries: webhooksDeliveries,
    deliveriesAll: webhooksDeliveriesAll,
    redeliver: webhooksRedeliver,
  });
}
