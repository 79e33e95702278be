import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

/** A counter that nobody has raised for a day is forgotten long since, and blocks nobody. */
const keepDays = 1;

const purgeOld = job('sign-in-attempts.purge', z.object({}).strict());

export function purgeAttempts({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeOld, '13 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -keepDays * daySeconds);
    const old = { table: 'sign_in_attempts', key: 'key', column: 'updatedAt', before, signal };
    await purge(db, old);
  });
}
