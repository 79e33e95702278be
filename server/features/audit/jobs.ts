import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

export const sealEntries = job('audit.seal', z.object({}).strict(), { timeoutSeconds: 300 });

/** Takes entries that have had their time. */
export const retainEntries = job('audit.retain', z.object({}).strict(), {
  timeoutSeconds: 3_600,
  compliance: true,
});
