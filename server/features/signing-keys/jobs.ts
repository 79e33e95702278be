import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

/** Every day: is the newest key old? */
export const rotateSigningKeyJob = job('signing-keys.rotate', z.object({}).strict(), {
  safety: true,
});
