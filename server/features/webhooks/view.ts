import type {
  WebhookDelivery as DeliveryShape,
  Webhook as WebhookShape,
  WebhookWithSecret,
} from '../../../contract/webhooks.ts';
import type { WebhookDelivery, WebhookEndpoint } from './model.ts';
import type { WithSecret } from './service.ts';

export function viewWebhook(endpoint: WebhookEndpoint): WebhookShape {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    events: endpoint.knownEvents,
    state: endpoint.pausedAt === null ? 'active' : 'paused',
    pauseReason: endpoint.pauseReason,
    pausedAt: endpoint.pausedAt?.toISOString() ?? null,
    previousSecretUntil: endpoint.previousSecretUntil?.toISOString() ?? null,
    createdById: endpoint.createdById,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

export function viewWithSecret({ endpoint, secret }: WithSecret): WebhookWithSecret {
  return { ...viewWebhook(endpoint), secret };
}

/** Neither what the event was about nor what was sent: reading that takes another permission. */
export function viewDelivery(delivery: WebhookDelivery): DeliveryShape {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    event: delivery.event,
    isTest: delivery.isTest,
    state: delivery.state,
    attempts: delivery.attempts,
    lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: delivery.dueAt?.toISOString() ?? null,
    status: delivery.status,
    durationMs: delivery.durationMs,
    error: delivery.error,
    createdAt: delivery.createdAt.toISOString(),
  };
}
