import * as z from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

const purgeExpired = job('provider-sign-ins.purge', z.object({}).strict());

/** Whoever did not come back in time begins anew. */
export function purgeSignIns({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeExpired, '*/10 * * * *', async ({ signal }) => {
    const expired = { key: 'id', column: 'expiresAt', before: clock.now(), signal };
    await purge(db, { table: 'provider_sign_ins', ...expired });
    await purge(db, { table: 'proven_identities', ...expired });
  });
}
