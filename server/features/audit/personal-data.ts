import { AuditEntry, AuditOrigin } from '../../platform/audit/entry.ts';
import type { PersonalData } from '../../platform/personal-data.ts';
import { viewEntry } from './view.ts';

const pageSize = 500;

export const auditData: PersonalData = {
  name: 'audit',
  tables: ['audit_entries', 'audit_origins'],
  async *read(db, userId) {
    for (let after = ''; ; ) {
      const entries = AuditEntry.query(db).where({ actor: userId }).withGraphFetched('sentFrom');
      if (after !== '') entries.where('id', '>', after);
      const page = await entries.orderBy('id').limit(pageSize);
      yield* page.map(viewEntry);
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      after = last.id;
    }
  },
  /** Entries hold ids and stay; where they came from is personal. */
  erase: async (tx, userId) => {
    const own = AuditEntry.query().select('id').where({ actor: userId });
    const tried = AuditEntry.query().select('id').where({ actor: 'anonymous', targetId: userId });
    await AuditOrigin.query(tx).delete().whereIn('entryId', own);
    await AuditOrigin.query(tx).delete().whereIn('entryId', tried);
  },
};
