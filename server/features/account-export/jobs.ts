import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

export const makeArchive = job('account-export.make', z.object({ exportId: z.uuid() }), {
  timeoutSeconds: 600,
  compliance: true,
});

/** Removes what nobody downloaded in time. */
export const sweepArchives = job('account-export.sweep', z.object({}).strict());
