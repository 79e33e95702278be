import * as z from 'zod';
import type { Config } from '../../config/config.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Change } from '../../platform/change.ts';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import type { PersonalDataOfAll } from '../../platform/personal-data.ts';
import { User } from './model.ts';

const options = { timeoutSeconds: 600, compliance: true };
const purgeRemoved = job('users.purge-removed', z.object({}).strict(), options);
const purgeDeactivated = job('users.purge-deactivated', z.object({}).strict(), options);

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly change: Change;
  readonly config: Config;
  readonly personalData: PersonalDataOfAll;
}

/** The instant that an account has to have had before: removed, or deactivated. */
type Since = 'deletedAt' | 'deactivatedAt';

const batchSize = 100;

/**
 * Accounts that are gone are deleted after a while, with everything that hangs on them; the audit
 * keeps their ids. Each by a change of its own, so that one that fails keeps no other.
 */
export function purgesOf(parts: Parts): Work[] {
  const { db, clock, config } = parts;
  const { removedDays, deactivatedDays } = config.retention;
  const before = (days: number) => secondsAfter(clock.now(), -days * daySeconds);

  async function purge(since: Since, days: number, signal: AbortSignal): Promise<void> {
    const instant = before(days);
    for (let after = ''; !signal.aborted; ) {
      const ids = await idsOf(db, since, instant, after);
      for (const id of ids) {
        if (!signal.aborted) await deleteOne(parts, id, since, instant);
      }
      const last = ids.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  return [
    onSchedule(purgeRemoved, '23 2 * * *', ({ signal }) => purge('deletedAt', removedDays, signal)),
    onSchedule(purgeDeactivated, '43 2 * * *', async ({ signal }) => {
      if (deactivatedDays > 0) await purge('deactivatedAt', deactivatedDays, signal);
    }),
  ];
}

async function idsOf(db: Database, since: Since, before: Date, after: string): Promise<string[]> {
  const query = User.query(db).withDeleted().where(since, '<', before).orderBy('id');
  if (after !== '') query.where('id', '>', after);
  const found = await query.limit(batchSize).select('id');
  return found.map(({ id }) => id);
}

/**
 * Whoever was restored or activated meanwhile stays. What is personal beyond the account's own rows,
 * such as where its audit entries came from, goes as in an erasure.
 */
function deleteOne(
  { change, personalData }: Parts,
  id: string,
  since: Since,
  before: Date,
): Promise<void> {
  return change(systemActor('retention'), async (tx) => {
    const query = User.query(tx).withDeleted().findById(id).where(since, '<', before);
    if (!(await query.forUpdate())) return;
    for (const { erase } of personalData.all) await erase?.(tx, id);
    await User.query(tx).withDeleted().deleteById(id);
    await tx.publish({ name: 'account.erased', data: { userId: id } });
    await tx.audit({ target: { type: 'user', id }, reason: since });
  });
}
