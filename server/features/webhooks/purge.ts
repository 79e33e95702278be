import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import { onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { purgeDeliveries } from './jobs.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';

const batchSize = 1_000;

/** What is done, and what waits for a webhook that is paused; whatever else waits is tried to its end. */
export function purgeWebhookDeliveries({ db, clock, config }: Platform): Work {
  return onSchedule(purgeDeliveries, '47 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -config.webhooks.deliveryDays * daySeconds);
    for (let deleted = batchSize; deleted === batchSize && !signal.aborted; ) {
      const paused = WebhookEndpoint.query(db).whereNotNull('pausedAt').select('id');
      const old = WebhookDelivery.query(db)
        .select('id')
        .where('createdAt', '<', before)
        .where((query) => {
          void query.whereNot('state', 'waiting').orWhereIn('endpointId', paused);
        })
        .limit(batchSize)
        .forUpdate()
        .skipLocked();
      deleted = await WebhookDelivery.query(db).whereIn('id', old).delete();
    }
  });
}
