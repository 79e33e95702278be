import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';

/** For so long a key that ended still tells its owner why a program stands still. */
const keepDays = 30;

const purgeEnded = job('apiKeys.purge', z.object({}).strict());

export function purgeApiKeys({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeEnded, '37 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -keepDays * daySeconds);
    await purge(db, { table: 'api_keys', key: 'id', column: 'expiresAt', before, signal });
  });
}
