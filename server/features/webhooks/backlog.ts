import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { WebhookBacklog } from '../../platform/observability/webhook-metrics.ts';
import { WebhookDelivery, WebhookEndpoint } from './model.ts';

/** What could be delivered by now, and is not. What waits for its next attempt is no backlog. */
export async function readBacklog(db: Database, clock: Clock): Promise<WebhookBacklog> {
  const now = clock.now();
  const active = WebhookEndpoint.query(db).whereNull('pausedAt').select('id');
  const [due] = (await WebhookDelivery.query(db)
    .where('dueAt', '<=', now)
    .whereIn('endpointId', active)
    .select(db.raw('count(*)::int as waiting'), db.raw('min(due_at) as oldest'))) as unknown as [
    { waiting: number; oldest: Date | null },
  ];
  const paused = await WebhookEndpoint.query(db)
    .whereIn('pauseReason', ['failing', 'gone'])
    .resultSize();
  const oldest = due.oldest ?? now;
  const oldestWaitingSeconds = Math.max(0, (now.getTime() - oldest.getTime()) / 1000);
  return { waiting: due.waiting, oldestWaitingSeconds, paused };
}
