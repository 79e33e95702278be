import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

/** Nobody has proven the address by then. */
const keepDays = 7;

const purgeOld = job('sign-ups.purge', z.object({}).strict());

export function purgeSignUps({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeOld, '53 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -keepDays * daySeconds);
    await purge(db, { table: 'sign_ups', key: 'email', column: 'createdAt', before, signal });
  });
}
