import { randomUUIDv7 } from 'node:crypto';
import { eventNames, events } from '../../../contract/events.ts';
import type { WebhookDeliveryQuery, WebhookTest } from '../../../contract/webhooks.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import { envelopeOf } from '../../platform/events/envelope.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import { queueUp } from './lanes.ts';
import { deliveryKeyset, WebhookDelivery, type WebhookEndpoint } from './model.ts';
import { bodyOf } from './payload.ts';
import { lockToChange, type Webhooks } from './service.ts';
import { assertMayRead } from './subscription.ts';
import { planTurn } from './turns.ts';

interface Parts extends Pick<Platform, 'db' | 'change'> {
  readonly webhooks: Webhooks;
}

/** What became of events, and sending them by hand. */
export class WebhookDeliveries {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(
    actor: Actor,
    endpointId: string,
    { state, event, isTest, ...page }: WebhookDeliveryQuery,
  ): Promise<KeysetPage<WebhookDelivery>> {
    await this.#parts.webhooks.get(actor, endpointId);
    // What another release knows is no kind of this one.
    const known = event ? [event] : [...eventNames];
    const query = WebhookDelivery.query(this.#parts.db)
      .where({ endpointId })
      .whereIn('event', known);
    if (state !== undefined) query.where({ state });
    if (isTest !== undefined) query.where({ isTest });
    return query.keysetPage(deliveryKeyset, page);
  }

  /** The contract's example, whatever the endpoint is subscribed to. */
  test(actor: Actor, endpointId: string, { event }: WebhookTest): Promise<WebhookDelivery> {
    return this.#send(actor, endpointId, async (tx) => {
      const [id, { version, example: data }] = [randomUUIDv7(), events[event]];
      const happened = { id, name: event, version, occurredAt: tx.now, data };
      const body = bodyOf(envelopeOf(happened), { test: true });
      // About nothing else: it waits for nobody, and nobody for it.
      return queueUp(tx, [{ endpointId, eventId: id, event, subject: id, body, isTest: true }]);
    });
  }

  /** Under the same id, for a receiver that wants to know what it has seen. */
  redeliver(actor: Actor, endpointId: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.#send(actor, endpointId, async (tx, endpoint) => {
      const found = await WebhookDelivery.query(tx).findOne({ endpointId, id: deliveryId });
      if (!found) throw problem('not_found', { detail: 'There is no such delivery.' });
      // It may go where it has never been.
      assertMayRead(actor, endpoint.events);
      // Its kinds may have been others when this was written.
      assertMayRead(actor, [found.event]);
      if (found.state === 'waiting') return hurry(tx, found);
      const { eventId, event, subject, body, isTest } = found;
      return queueUp(tx, [{ endpointId, eventId, event, subject, body, isTest }]);
    });
  }

  #send(
    actor: Actor,
    endpointId: string,
    queue: (tx: Transaction, endpoint: WebhookEndpoint) => Promise<WebhookDelivery[]>,
  ): Promise<WebhookDelivery> {
    return this.#parts.change(actor, async (tx) => {
      const endpoint = await lockToChange(tx, endpointId);
      const [delivery] = await queue(tx, endpoint);
      if (endpoint.pausedAt !== null) throw problem('webhook_paused');
      if (!delivery) throw new Error('A row that was written is not there');
      await planTurn(tx, endpoint, tx.now);
      await tx.audit({ target: { type: 'webhook', id: endpointId }, changed: ['deliveries'] });
      return delivery;
    });
  }
}

/** Now, if it is its turn; behind an earlier one about the same thing it stays there. */
async function hurry(tx: Transaction, { id }: WebhookDelivery): Promise<WebhookDelivery[]> {
  await WebhookDelivery.query(tx).findById(id).whereNotNull('dueAt').patch({ dueAt: tx.now });
  return WebhookDelivery.query(tx).where({ id });
}
