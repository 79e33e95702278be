import { readHead } from '../../platform/events/feed.ts';
import type { AfterRestore } from '../../platform/restored.ts';
import { WebhookDelivery, WebhookEndpoint, WebhookFeed } from './model.ts';

/**
 * What waited in the dump was delivered meanwhile, most likely: nothing is told twice. Each delivery can
 * still be asked for by hand. From now on, webhooks hear of what happens here.
 */
export const waitingDeliveries: AfterRestore = {
  what: 'waiting deliveries given up',
  settle: async (tx) => {
    const { xid, id: eventId } = await readHead(tx);
    await WebhookFeed.query(tx).patch({ xid, eventId });
    await WebhookEndpoint.query(tx).orderBy('id').forNoKeyUpdate();
    await WebhookEndpoint.query(tx).whereNotNull('turnId').patch({ turnId: null, turnAt: null });
    return WebhookDelivery.query(tx)
      .where({ state: 'waiting' })
      .patch({ state: 'failed', dueAt: null });
  },
};
