import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { secondsAfter } from '../../platform/clock.ts';
import type {
  WebhookMetrics,
  WebhookResult,
} from '../../platform/observability/webhook-metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Attempted } from './attempt.ts';
import { moveUp } from './lanes.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';
import { pause } from './pausing.ts';
import { waitAfter } from './schedule.ts';
import { findLocked } from './service.ts';
import type { Telling } from './telling.ts';

interface Parts extends Pick<Platform, 'change'> {
  readonly telling: Telling;
  readonly metrics: WebhookMetrics;
}

interface Settled extends Attempted {
  readonly result: WebhookResult;
}

const gone = 410;

/** Writes down how attempts ended, and what follows: for the lane, and for the endpoint. */
export class Settlement {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async settle(endpointId: string, attempted: readonly Attempted[]): Promise<void> {
    if (attempted.length === 0) return;
    const settled = await this.#parts.change(systemActor('webhooks'), async (tx) => {
      const endpoint = await findLocked(tx, endpointId);
      // Removed meanwhile, with its deliveries.
      if (!endpoint) return [];
      const written: Settled[] = [];
      for (const each of attempted) {
        const one = await this.#settleOne(tx, each);
        if (one) written.push(one);
      }
      await this.#judge(tx, endpoint, written);
      return written;
    });
    const { metrics } = this.#parts;
    for (const { result, durationMs } of settled) metrics.count(result, durationMs / 1000);
  }

  /** Undefined where another turn has settled it meanwhile: nothing follows from this one. */
  async #settleOne(tx: Transaction, attempted: Attempted): Promise<Settled | undefined> {
    const { delivery, at, status, durationMs, error } = attempted;
    const attempts = delivery.attempts + 1;
    const triedSince = delivery.firstAttemptAt ?? at;
    const triedSeconds = (tx.now.getTime() - triedSince.getTime()) / 1_000;
    const wait = delivery.isTest ? undefined : waitAfter(attempts, triedSeconds, Math.random());
    const result = error === null ? 'delivered' : wait === undefined ? 'given_up' : 'failed';
    const changed = await WebhookDelivery.query(tx)
      .findById(delivery.id)
      .where({ state: 'waiting', attempts: delivery.attempts })
      .patch({
        ...{ attempts, status, durationMs, error, lastAttemptAt: at },
        firstAttemptAt: triedSince,
        state: result === 'failed' ? 'waiting' : result === 'delivered' ? 'delivered' : 'failed',
        dueAt: result === 'failed' && wait !== undefined ? secondsAfter(tx.now, wait) : null,
      });
    if (changed === 0) return undefined;
    if (result !== 'failed') await moveUp(tx, delivery);
    return { ...attempted, result };
  }

  /** One that says it is gone is believed; one that takes nothing while an event is tried is left alone. */
  async #judge(
    tx: Transaction,
    endpoint: WebhookEndpoint,
    settled: readonly Settled[],
  ): Promise<void> {
    const real = settled.filter(({ delivery }) => !delivery.isTest);
    const hasArrived = real.some(({ error }) => error === null);
    const failingSince = hasArrived ? null : (endpoint.failingSince ?? firstFailure(real));
    await WebhookEndpoint.query(tx).findById(endpoint.id).patch({ failingSince });
    if (endpoint.pausedAt !== null) return;
    const isGone = real.some(({ status }) => status === gone);
    const isFailing = real.some(
      ({ result, delivery: { firstAttemptAt } }) =>
        result === 'given_up' && firstAttemptAt && failingSince && failingSince <= firstAttemptAt,
    );
    if (!isGone && !isFailing) return;
    const reason = isGone ? 'gone' : 'failing';
    await pause(tx, endpoint, reason);
    await this.#parts.telling.tellOfPause(tx, endpoint, reason);
    await tx.audit({ target: { type: 'webhook', id: endpoint.id }, changed: ['state'] });
  }
}

function firstFailure(settled: readonly Settled[]): Date | null {
  return settled[0]?.at ?? null;
}
