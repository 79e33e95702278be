import * as z from 'zod';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';

const purgeExpired = job('idempotency.purge', z.object({}).strict());

/** They answer nothing from the instant on in which they expire. */
export function purgeKeptAnswers({ db, clock }: Pick<Platform, 'db' | 'clock'>): Work {
  return onSchedule(purgeExpired, '52 * * * *', async ({ signal }) => {
    const before = clock.now();
    await purge(db, { table: 'idempotency_keys', key: 'id', column: 'expiresAt', before, signal });
  });
}
