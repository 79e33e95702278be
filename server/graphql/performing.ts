import type { DirectCall, Outcome } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';

/** How the fields of one request perform operations. */
export interface Performing {
  /** The credentials that came with the request. */
  readonly caller: Presented;
  readonly perform: (
    name: string,
    call: Omit<DirectCall, 'origin' | 'address'>,
  ) => Promise<Outcome>;
}
