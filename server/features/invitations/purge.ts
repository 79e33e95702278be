import * as z from 'zod';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { Invitation } from './model.ts';

const keptSeconds = 30 * daySeconds;

const purge = job('invitations.purge', z.object({}).strict());

/** An address that was invited is personal data: nobody needs it for long. */
export function purgeInvitations({ db, clock }: Pick<Platform, 'db' | 'clock'>): Work {
  return onSchedule(purge, '29 3 * * *', async () => {
    const before = secondsAfter(clock.now(), -keptSeconds);
    await Invitation.query(db).delete().where('expiresAt', '<', before);
  });
}
