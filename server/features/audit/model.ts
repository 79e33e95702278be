import type { Keyset } from '../../platform/db/keyset.ts';

export const auditKeyset: Keyset = {
  orders: { at: { column: 'at', kind: 'instant' } },
  usual: '-at',
};
