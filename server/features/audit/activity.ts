import type { ActivityQuery } from '../../../contract/audit.ts';
import { AuditEntry } from '../../platform/audit/entry.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import { auditKeyset } from './model.ts';

/** What an account did, what was done in its name, and what was done to it: the newest first. */
export function activityOf(
  db: Database,
  userId: string,
  { from, before, ...page }: ActivityQuery,
): Promise<KeysetPage<AuditEntry>> {
  // Each part is in the order of an index of its own, and PostgreSQL merges them. With `or` it would
  // sort all of them, or walk through everybody's.
  const parts = [did(db, userId), doneInItsName(db, userId), doneToIt(db, userId)];
  return AuditEntry.query(db)
    .from(db.unionAll(parts.map((part) => part.toKnexQuery())).as('audit_entries'))
    .withGraphFetched('sentFrom')
    .inRange('audit_entries.at', { from, before })
    .keysetPage(auditKeyset, page);
}

const did = (db: Database, userId: string) => AuditEntry.query(db).where({ actor: userId });

const doneInItsName = (db: Database, userId: string) =>
  AuditEntry.query(db).where({ actingFor: userId }).whereNot({ actor: userId });

/** What others were refused did not happen to the account; but who tries to sign in as it does. */
function doneToIt(db: Database, userId: string) {
  return AuditEntry.query(db)
    .where({ targetId: userId, targetType: 'user' })
    .whereNot({ actor: userId })
    .whereRaw('acting_for is distinct from ?', [userId])
    .where((query) => {
      query.where({ result: 'done' }).orWhere({ actor: 'anonymous' });
    });
}
