import type { ActivityQuery, AuditQuery } from '../../../contract/audit.ts';
import { AuditEntry } from '../../platform/audit/entry.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage, PageRequest } from '../../platform/db/keyset.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Read } from '../../platform/reads.ts';
import { activityOf } from './activity.ts';
import { auditKeyset } from './model.ts';

/** What entries can be looked for by. */
export type EntryFilters = Omit<AuditQuery, keyof PageRequest>;

/** Reads what was done and denied; writing it is `platform/audit`. */
export class AuditEntries {
  list(_actor: Actor, query: AuditQuery, read: Read): Promise<KeysetPage<AuditEntry>> {
    const { sort, limit, cursor, includeTotal, includeCursors, ...filters } = query;
    const page = { sort, limit, cursor, includeTotal, includeCursors };
    return read((db) => found(db, filters).keysetPage(auditKeyset, page));
  }

  /** What the caller did, and what happened to the account. */
  listOwn(actor: Actor, query: ActivityQuery, read: Read): Promise<KeysetPage<AuditEntry>> {
    return read((db) => activityOf(db, actor.id, query));
  }
}

/** The entries that fit, each with where it came from. */
export function found(db: Database, filters: EntryFilters) {
  const { from, before, ...rest } = filters;
  const { actor, actingFor, targetType, targetId, operation, result, ...more } = rest;
  const { safety, compliance, ...unknown } = more;
  exhausted(unknown);
  const match = { actor, actingFor, targetType, targetId, operation, result, safety, compliance };
  const given = Object.entries(match).filter(([, value]) => value !== undefined);
  return AuditEntry.query(db)
    .where(Object.fromEntries(given) as object)
    .withGraphFetched('sentFrom')
    .inRange('audit_entries.at', { from, before });
}
