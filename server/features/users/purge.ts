import * as z from 'zod';
import type { Config } from '../../config/config.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Change } from '../../platform/change.ts';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import { User } from './model.ts';

const purgeRemoved = job('users.purge-removed', z.object({}).strict(), { timeoutSeconds: 600 });
const purgeDeactivated = job('users.purge-deactivated', z.object({}).strict(), {
  timeoutSeconds: 600,
});

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly change: Change;
  readonly config: Config;
}

/** The instant that an account has to have had before: removed, or deactivated. */
type Since = 'deletedAt' | 'deactivatedAt';

const batchSize = 100;

/**
 * Accounts that are gone are deleted after a while, with everything that hangs on them; the audit
 * keeps their ids. Each by a change of its own, so that one that fails keeps no other.
 */
export function purgesOf({ db, clock, change, config }: Parts): Work[] {
  const { removedDays, deactivatedDays } = config.retention;
  const before = (days: number) => secondsAfter(clock.now(), -days * daySeconds);

  async function purge(since: Since, days: number, signal: AbortSignal): Promise<void> {
    const instant = before(days);
    for (let after = ''; !signal.aborted; ) {
      const ids = await idsOf(db, since, instant, after);
      for (const id of ids) {
        if (!signal.aborted) await deleteOne(change, id, since, instant);
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

/** Whoever was restored or activated meanwhile stays. */
function deleteOne(change: Change, id: string, since: Since, before: Date): Promise<void> {
  const actor: Actor = systemActor('retention');
  return change(actor, async (tx) => {
    const deleted = await User.query(tx)
      .withDeleted()
      .delete()
      .where({ id })
      .where(since, '<', before);
    if (deleted > 0) await tx.audit({ target: { type: 'user', id }, reason: since });
  });
}
