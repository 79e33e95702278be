import type { UserStatistics } from '../../../contract/users.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { User } from './model.ts';

/** Counts of accounts, in one pass over the table. */
export async function userStatistics(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  _actor: Actor,
): Promise<UserStatistics> {
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
