import { systemActor } from '../../platform/auth/actor.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { purgeDeliveries } from './jobs.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';
import { findLocked } from './service.ts';

const batchSize = 1_000;

/** What is done, and what waits for a webhook that is paused; whatever else waits is tried to its end. */
export function purgeWebhookDeliveries({ db, clock, change, config }: Platform): Work {
  return onSchedule(purgeDeliveries, '47 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -config.webhooks.deliveryDays * daySeconds);
    const olderIn = (within: Database) =>
      WebhookDelivery.query(within).select('id').where('createdAt', '<', before).limit(batchSize);
    await untilFew(signal, () => {
      const done = olderIn(db).whereNot('state', 'waiting').forUpdate().skipLocked();
      return WebhookDelivery.query(db).whereIn('id', done).delete();
    });
    for (const { id } of await WebhookEndpoint.query(db).whereNotNull('pausedAt').select('id')) {
      // Whoever holds the row of the endpoint says whether it is paused, and so what waits for it.
      await untilFew(signal, () =>
        change(systemActor('webhooks.purge'), async (tx) => {
          const endpoint = await findLocked(tx, id);
          if (!endpoint?.pausedAt) return 0;
          const waiting = olderIn(tx).where({ endpointId: id, state: 'waiting' });
          return WebhookDelivery.query(tx).whereIn('id', waiting).delete();
        }),
      );
    }
  });
}

async function untilFew(signal: AbortSignal, deleteSome: () => PromiseLike<number>): Promise<void> {
  for (let deleted = batchSize; deleted === batchSize && !signal.aborted; )
    deleted = await deleteSome();
}
