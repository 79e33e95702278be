import type { Loaders } from './loaders.ts';
import type { Performing } from './performing.ts';
import type { LiveResults } from './send-live.ts';

/** What the fields of one request have in common. */
export interface GraphqlContext extends Performing {
  readonly requestId: string;
  readonly loaders: Loaders;
  /** What operations want the browser to keep. */
  readonly cookies: string[];
  /** The answer of a subscription, which goes on. */
  readonly live: { results?: LiveResults };
}
