import * as z from 'zod';
import { job, onSchedule } from '../../platform/jobs/job.ts';
import type { Avatars } from './avatars.ts';

const sweepAvatars = job('users.sweep-avatars', z.object({}).strict(), { timeoutSeconds: 600 });

/** Once a night: it lists every picture there is. */
export function avatarSweep(avatars: Avatars) {
  return onSchedule(sweepAvatars, '7 3 * * *', () => avatars.sweep());
}
