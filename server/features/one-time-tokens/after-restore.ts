import type { AfterRestore } from '../../platform/restored.ts';
import { OneTimeToken } from './model.ts';

/** A link that was used after the dump was taken would work once more. */
export const voidedByRestore: AfterRestore = {
  what: 'links and tokens of one use voided',
  settle: (tx) => OneTimeToken.query(tx).delete(),
};
