import { expect } from 'vitest';
import type { EventName } from '../../contract/events.ts';
import type { Database } from '../../server/platform/db/connect.ts';
import { noteEvent } from './provoked.ts';
import { Silent, tells } from './tells.ts';

/**
 * Whoever is said to be silent was, in all that happened in a database; and whatever was told is
 * written down for the end of the run.
 */
export async function assertTold(db: Database): Promise<() => void> {
  // A test that chooses the id of a request may use it for several.
  const { rows } = await db
    .raw<{ rows: { operation: string; name: EventName }[] }>(
      `select distinct done.operation, events.name
     from (select request_id, min(operation) as operation from audit_entries
           where request_id is not null group by request_id
           having count(distinct operation) = 1 and bool_and(result = 'done')) as done
     join events using (request_id)`,
    )
    .catch(unlessDropped);
  for (const { operation, name } of rows) noteEvent(operation, name);
  const broken = rows.filter(({ operation }) => tells[operation] instanceof Silent);
  return () => expect(broken, 'events of operations that are said to tell nothing').toEqual([]);
}

/** A test that takes the tables away has nothing to tell of. */
function unlessDropped(error: { readonly code?: string }): { rows: [] } {
  if (error.code === '42P01') return { rows: [] };
  throw error;
}
