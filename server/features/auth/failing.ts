import { type Clock, minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';

/** No wait is longer, so that whoever has to wait has failed within them. */
const recentSeconds = 15 * minuteSeconds;
/** Who asks wants to know whether it is none, some or many: counting on would be a load of its own. */
export const mostFailing = 1_000;

/** Accounts, and names that are nobody's, at which a password or a code was wrong of late. */
export interface FailingSignIns {
  readonly failing: number;
  /** Those of them that have to wait. */
  readonly heldBack: number;
}

/** What the attempts of all processes left; one that was right in the end is no failure. */
export async function failingSignIns(db: Database, clock: Clock): Promise<FailingSignIns> {
  const now = clock.now();
  const { rows } = await db.raw<{ rows: [FailingSignIns] }>(
    `select count(*)::int as failing,
       (count(*) filter (where blocked_until > :now::timestamptz))::int as "heldBack"
     from (
       select blocked_until from sign_in_attempts
       where updated_at > :since and failures > 0 and key not like 'address:%'
       limit :most
     ) as recent`,
    { now, since: secondsAfter(now, -recentSeconds), most: mostFailing },
  );
  return rows[0];
}
