import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

const purgeExpired = job('one-time-tokens.purge', z.object({}).strict());

/** They prove nothing from the instant on in which they expire; a day later they are gone. */
export function purgeTokens({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeExpired, '27 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -daySeconds);
    await purge(db, { table: 'one_time_tokens', key: 'id', column: 'expiresAt', before, signal });
  });
}
