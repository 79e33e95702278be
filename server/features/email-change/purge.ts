import * as z from 'zod';
import { systemActor } from '../../platform/auth/actor.ts';
import { secondsAfter } from '../../platform/clock.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { letGoOfOld } from '../users/free-names.ts';
import { EmailChange } from './model.ts';

const purge = job('email-change.purge', z.object({}).strict());

/** What can be neither confirmed nor taken back any more. */
export function purgeEmailChanges({ change, config }: Pick<Platform, 'change' | 'config'>): Work {
  const { emailChangeSeconds, emailRevertSeconds } = config.accounts;
  return onSchedule(purge, '31 3 * * *', () =>
    change(systemActor(purge.name), async (tx) => {
      const before = secondsAfter(tx.now, -emailChangeSeconds - emailRevertSeconds);
      await EmailChange.query(tx).delete().where('createdAt', '<', before);
      await letGoOfOld(tx);
    }),
  );
}
