import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { purge } from '../db/purge.ts';
import { job, onSchedule, type Work } from '../jobs/job.ts';

/** For so long a revocation matters to a process that starts. */
export const keepDays = 1;

const purgeOld = job('revocations.purge', z.object({}).strict());

/** A day after no process reads them any more: clocks may differ. */
export function purgeRevocations(db: Database, clock: Clock): Work {
  return onSchedule(purgeOld, '7 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -(keepDays + 1) * daySeconds);
    await purge(db, { table: 'revocations', key: 'id', column: 'createdAt', before, signal });
  });
}
