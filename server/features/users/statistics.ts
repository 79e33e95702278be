import { UserStatistics } from '../../../contract/users.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Platform } from '../../platform/platform.ts';
import { User } from './model.ts';

/**
 * Counts of accounts. Who looks at them looks again and again, and each time it is a pass over the
 * table: one for all who ask within ten seconds, on whichever process.
 */
export function userStatistics({
  reads,
  clock,
  caches,
}: Pick<Platform, 'reads' | 'clock' | 'caches'>) {
  const counts = caches.open({
    name: 'user_statistics',
    load: () => reads.byAnybody((db) => countAll(db, clock)),
    freshSeconds: 10,
    staleSeconds: 300,
    capacity: 1,
    shared: UserStatistics,
  });
  return (_actor: Actor): Promise<UserStatistics> => counts.get('all');
}

/** In one pass over the table. */
async function countAll(db: Database, clock: Clock): Promise<UserStatistics> {
  const monthAgo = secondsAfter(clock.now(), -30 * daySeconds);
  const [row] = (await User.query(db)
    .withDeleted()
    .select(
      db.raw('count(*) filter (where deleted_at is null)::int as total'),
      db.raw(
        'count(*) filter (where deleted_at is null and deactivated_at is null)::int as active',
      ),
      db.raw(
        'count(*) filter (where deleted_at is null and deactivated_at is not null)::int as deactivated',
      ),
      db.raw('count(*) filter (where deleted_at is not null)::int as removed'),
      db.raw(
        'count(*) filter (where deleted_at is null and created_at >= ?)::int as created_last30_days',
        [monthAgo],
      ),
    )) as unknown as [UserStatistics];
  return row;
}
