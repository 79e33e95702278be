import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

/** Erases the accounts whose time of grace is over. */
export const eraseDueAccounts = job('account-erasure.erase', z.object({}).strict(), {
  safety: true,
  compliance: true,
  timeoutSeconds: 600,
});
