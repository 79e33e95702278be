import { AuditEntry } from '../../platform/audit/entry.ts';
import { keysetOf } from '../../platform/db/keyset.ts';

export const auditKeyset = keysetOf(AuditEntry, {
  orders: { at: { column: 'at', kind: 'instant' } },
  usual: '-at',
});
