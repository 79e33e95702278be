import type { AfterRestore } from '../../platform/restored.ts';
import { Session } from './model.ts';

/** Sessions that ended after the dump was taken would be back: nobody can tell which. */
export const endedByRestore: AfterRestore = {
  what: 'sessions ended',
  settle: (tx) =>
    Session.query(tx)
      .whereNull('revokedAt')
      .patch({ revokedAt: tx.now, revokedReason: 'restored' }),
};
