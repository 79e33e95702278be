import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import { envelopeOf } from '../../platform/events/envelope.ts';
import { type FeedEvent, readAfter } from '../../platform/events/feed.ts';
import type { Platform } from '../../platform/platform.ts';
import { type NewDelivery, queueUp } from './lanes.ts';
import { WebhookEndpoint, WebhookFeed } from './model.ts';
import { bodyOf, subjectOf } from './payload.ts';
import { isSubscribed } from './subscription.ts';
import { planNext, planTurn } from './turns.ts';

type Parts = Pick<Platform, 'change'>;

/** How many events are read at a time. */
const pageSize = 200;
/** Longer than any turn: the job of one that began before is gone. */
const lostSeconds = 15 * minuteSeconds;

/** Reads what happened, and queues it up for the endpoints that asked for it. */
export class FanOut {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Until nothing is left. Whoever finds somebody else at it leaves it to them. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.#page()));
  }

  /** Where nobody is told of news, a minute later at most; and what got lost. */
  async lookAfter(signal: AbortSignal): Promise<void> {
    await this.run(signal);
    await this.#findLostTurns();
  }

  /** The job of a turn may have failed for good: nothing that waits depends on one alone. */
  async #findLostTurns(): Promise<void> {
    await this.#parts.change(systemActor('webhooks'), async (tx) => {
      const lost = await WebhookEndpoint.query(tx)
        .where('turnAt', '<', secondsAfter(tx.now, -lostSeconds))
        .orderBy('id')
        .forNoKeyUpdate()
        .skipLocked();
      for (const endpoint of lost) await planNext(tx, endpoint);
    });
  }

  /** Whether there is more. The position moves with what is queued up: both or neither. */
  #page(): Promise<boolean> {
    return this.#parts.change(systemActor('webhooks'), async (tx) => {
      const feed = await WebhookFeed.query(tx).first().forUpdate().skipLocked();
      if (!feed) return false;
      const after = { xid: feed.xid, id: feed.eventId };
      const { events, position, isFull } = await readAfter(tx, after, pageSize);
      if (events.length > 0) await this.#queueUp(tx, events);
      await WebhookFeed.query(tx).patch({ xid: position.xid, eventId: position.id });
      return isFull;
    });
  }

  /** Endpoints are locked in the order of their ids, as by everybody who locks several. */
  async #queueUp(tx: Transaction, events: readonly FeedEvent[]): Promise<void> {
    const endpoints = await WebhookEndpoint.query(tx).orderBy('id').forNoKeyUpdate();
    const deliveries = endpoints.flatMap((endpoint) =>
      events.filter((event) => concerns(endpoint, event)).map(deliveryTo(endpoint)),
    );
    await queueUp(tx, deliveries);
    const busy = new Set(deliveries.map(({ endpointId }) => endpointId));
    for (const endpoint of endpoints) {
      if (busy.has(endpoint.id)) await planTurn(tx, endpoint, tx.now);
    }
  }
}

/** What happened before somebody asked is not told. */
function concerns(endpoint: WebhookEndpoint, { name, occurredAt }: FeedEvent): boolean {
  return occurredAt >= endpoint.createdAt && isSubscribed(endpoint, name);
}

function deliveryTo({ id: endpointId }: WebhookEndpoint) {
  return (event: FeedEvent): NewDelivery => ({
    ...{ endpointId, eventId: event.id, event: event.name, isTest: false },
    subject: subjectOf(event),
    body: bodyOf(envelopeOf(event)),
  });
}
