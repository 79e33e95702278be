import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../platform/db/connect.ts';

/**
 * The last place behind which nothing will appear any more; undefined while somebody still writes.
 *
 * A place is drawn when an entry is written, and can be seen when its transaction commits: one that
 * lasts makes its entry appear long after others with a higher place. But whoever draws one holds a
 * lock on the table until the end. So: read the highest place that can be seen, then who holds the
 * lock. Every lower place was drawn by one of those, or by somebody who has ended. Once they have
 * ended, too, all of them can be seen. Nobody waits for us, and whoever comes later draws higher.
 */
export async function settledPlace(db: Database, patience = 40): Promise<string | undefined> {
  const highest = await db('audit_entries').max<{ place: string | null }>('place as place').first();
  if (highest?.place == null) return undefined;
  let awaited = await writers(db);
  for (let round = 0; awaited.length > 0; round += 1) {
    if (round === patience) return undefined;
    await pause(250);
    const left = new Set(await writers(db));
    awaited = awaited.filter((one) => left.has(one));
  }
  return highest.place;
}

/** The transactions that have written entries and not ended, those of two-phase commit included. */
async function writers(db: Database): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { holder: string }[] }>(
    `select distinct virtualtransaction as holder from pg_locks
     where locktype = 'relation' and relation = 'audit_entries'::regclass and granted
       and database = (select oid from pg_database where datname = current_database())
       and mode = 'RowExclusiveLock' and pid is distinct from pg_backend_pid()`,
  );
  return rows.map(({ holder }) => holder);
}
