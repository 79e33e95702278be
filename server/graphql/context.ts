import type { DirectCall, PerformByName } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';
import type { Loaders } from './loaders.ts';

/** What the fields of one request have in common. */
export interface GraphqlContext {
  /** The credentials that came with the request. */
  readonly caller: Presented;
  readonly perform: (
    name: string,
    call: Omit<DirectCall, 'origin' | 'address'>,
  ) => ReturnType<PerformByName>;
  readonly loaders: Loaders;
  /** What operations want the browser to keep. */
  readonly cookies: string[];
}
