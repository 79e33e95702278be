import { onSchedule, works } from '../../platform/jobs/job.ts';
import { Destinations } from '../../platform/outgoing/destinations.ts';
import type { Platform } from '../../platform/platform.ts';
import { waitingDeliveries } from './after-restore.ts';
import { readBacklog } from './backlog.ts';
import { WebhookDeliveries } from './deliveries.ts';
import { FanOut } from './fan-out.ts';
import { webhooksHandlers } from './handlers.ts';
import { deliver, deliverAgain, fanOut } from './jobs.ts';
import { webhooksData } from './personal-data.ts';
import { purgeWebhookDeliveries } from './purge.ts';
import { sealedSecrets } from './secrets.ts';
import { Webhooks } from './service.ts';
import { Settlement } from './settlement.ts';
import { Telling } from './telling.ts';
import { Turns } from './turn.ts';

export type WebhooksFeature = ReturnType<typeof webhooksFeature>;

export function webhooksFeature(platform: Platform) {
  const { db, clock, change, config, telemetry } = platform;
  const destinations = new Destinations(config.webhooks);
  const service = new Webhooks({ ...platform, destinations });
  const deliveries = new WebhookDeliveries({ db, change, webhooks: service });
  const telling = new Telling(platform);
  const settlement = new Settlement({ change, telling, metrics: telemetry.webhooks });
  const turns = new Turns({ ...platform, destinations, settlement });
  const feed = new FanOut({ change });
  const backlog = () => readBacklog(db, clock);
  telemetry.webhooks.watch(backlog);
  return {
    handlers: webhooksHandlers(service, deliveries),
    jobs: [
      works(deliver, ({ data, signal }) => turns.perform(data, signal)),
      works(deliverAgain, ({ data, signal }) => turns.perform(data, signal)),
      onSchedule(fanOut, '* * * * *', ({ signal }) => feed.lookAfter(signal)),
      purgeWebhookDeliveries(platform),
    ],
    followers: [{ name: 'webhooks', look: (signal: AbortSignal) => feed.run(signal) }],
    sealed: sealedSecrets,
    personalData: [webhooksData],
    afterRestore: [waitingDeliveries],
    service,
    deliveries,
    backlog,
  };
}
