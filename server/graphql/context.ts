import type { Loaders } from './loaders.ts';
import type { Performing } from './performing.ts';

/** What the fields of one request have in common. */
export interface GraphqlContext extends Performing {
  readonly requestId: string;
  readonly loaders: Loaders;
  /** What operations want the browser to keep. */
  readonly cookies: string[];
}
