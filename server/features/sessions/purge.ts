import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

/** For so long an ended session still tells from where an account has signed in before. */
const keepDays = 90;

const purgeEnded = job('sessions.purge', z.object({}).strict());

/** However a session ends, it has run out by `expires_at`. */
export function purgeSessions({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeEnded, '33 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -keepDays * daySeconds);
    await purge(db, { table: 'sessions', key: 'id', column: 'expiresAt', before, signal });
  });
}
