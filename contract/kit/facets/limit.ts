import type { Facet } from './facet.ts';

/** Requests are limited per minute and group: by address for credentials, else by caller. */
export type LimitGroup = 'credentials' | 'write' | 'read';

export interface LimitMetadata {
  /**
   * The limit it counts against; `write` or `read` by the method when left out. `none` is for
   * probes: an orchestrator that gets 429 would restart us.
   */
  readonly limit?: LimitGroup | 'none';
}

export const limit: Facet<LimitMetadata, LimitGroup> = {
  read: ({ method, metadata }) => {
    if (metadata.limit === 'none') return undefined;
    return metadata.limit ?? (method === 'GET' ? 'read' : 'write');
  },
  problems: ['rate_limited'],
  headers: ['RateLimit', 'RateLimit-Policy'],
  describe: (group) => ({ 'x-limit': group }),
};
