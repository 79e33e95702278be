import * as z from 'zod';
import type { Database } from '../db/connect.ts';
import { job, onSchedule, type Work } from './job.ts';
import { deleteDone } from './stored-jobs.ts';

const purge = job('jobs.purge', z.object({}).strict());

const batchSize = 1_000;

/** Dead letters stay for a month; jobs that are done are of no use a day later. */
export function purgeDone(db: Database): Work {
  return onSchedule(purge, '3 * * * *', async ({ signal }) => {
    for (let deleted = batchSize; deleted === batchSize && !signal.aborted; ) {
      deleted = await deleteDone(db, batchSize);
    }
  });
}
