import type { webhooks as contract } from '../../../contract/webhooks.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { WebhookDeliveries } from './deliveries.ts';
import type { Webhooks } from './service.ts';
import { viewDelivery, viewWebhook, viewWithSecret } from './view.ts';

export function webhooksHandlers(
  webhooks: Webhooks,
  deliveries: WebhookDeliveries,
): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await webhooks.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewWebhook) } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewWebhook(await webhooks.get(actor, params.webhookId)),
    }),

    create: async ({ actor, body }) => ({
      status: 200,
      body: viewWithSecret(await webhooks.create(actor, body)),
    }),

    update: async ({ actor, params, body, expects }) => {
      const expected = expects(viewWebhook);
      const endpoint = await webhooks.update(actor, params.webhookId, body, expected);
      return { status: 200, body: viewWebhook(endpoint) };
    },

    remove: async ({ actor, params, expects }) => {
      await webhooks.remove(actor, params.webhookId, expects(viewWebhook));
      return { status: 204, body: undefined };
    },

    rotateSecret: async ({ actor, params, body }) => ({
      status: 200,
      body: viewWithSecret(await webhooks.rotateSecret(actor, params.webhookId, body)),
    }),

    test: async ({ actor, params, body }) => ({
      status: 202,
      body: viewDelivery(await deliveries.test(actor, params.webhookId, body)),
    }),

    deliveries: async ({ actor, params, query }) => {
      const page = await deliveries.list(actor, params.webhookId, query);
      return { status: 200, body: { ...page, items: page.items.map(viewDelivery) } };
    },

    redeliver: async ({ actor, params }) => ({
      status: 202,
      body: viewDelivery(await deliveries.redeliver(actor, params.webhookId, params.deliveryId)),
    }),
  };
}
