import type { AccountErasure as AccountErasureShape } from '../../../contract/account-erasure.ts';
import type { AccountErasure } from './model.ts';

export function viewErasure(erasure: AccountErasure | undefined): AccountErasureShape {
  return {
    requestedAt: erasure?.requestedAt.toISOString() ?? null,
    erasesAt: erasure?.erasesAt.toISOString() ?? null,
  };
}
