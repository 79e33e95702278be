import type { Loaders } from './loaders.ts';
import type { GraphqlParams } from './params.ts';
import type { Performing } from './performing.ts';
import type { LiveResults } from './send-live.ts';

/** What is performed: by now, its document is known. */
export type Asked = GraphqlParams & { readonly query: string };

/** What the fields of one request have in common. */
export interface GraphqlContext extends Performing {
  readonly requestId: string;
  /** What the request says: read, bounded and judged before yoga sees it. */
  readonly asked: Asked;
  readonly loaders: Loaders;
  /** What operations want the browser to keep. */
  readonly cookies: string[];
  /** The answer of a subscription, which goes on. */
  readonly live: { results?: LiveResults };
}
