import { AuditEntry, AuditOrigin } from '../../platform/audit/entry.ts';
import type { PersonalData } from '../../platform/personal-data.ts';
import { activityOf } from './activity.ts';
import { viewActivity } from './view.ts';

const pageSize = 500;

export const auditData: PersonalData = {
  name: 'audit',
  tables: ['audit_entries', 'audit_origins'],
  async *read(db, userId) {
    let cursor: string | null | undefined;
    do {
      const page = { limit: pageSize, ...(cursor && { cursor }) };
      const { items, nextCursor } = await activityOf(db, userId, page);
      yield* items.map((entry) => viewActivity(entry, userId));
      cursor = nextCursor;
    } while (cursor);
  },
  /** Entries hold ids and stay; where they came from is personal. */
  erase: async (tx, userId) => {
    const own = AuditEntry.query().select('id').where({ actor: userId });
    const tried = AuditEntry.query().select('id').where({ actor: 'anonymous', targetId: userId });
    await AuditOrigin.query(tx).delete().whereIn('entryId', own);
    await AuditOrigin.query(tx).delete().whereIn('entryId', tried);
  },
};
