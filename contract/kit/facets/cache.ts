import type { Facet } from './facet.ts';

export interface CacheMetadata {
  /** How long anybody may keep a good answer; nobody keeps one when left out. */
  readonly cacheSeconds?: number;
}

export const cache: Facet<CacheMetadata, number> = {
  read: ({ metadata }) => metadata.cacheSeconds,
  problems: [],
  // `Cache-Control` stands on every answer: most say `no-store`.
  headers: [],
  describe: (seconds) => ({ 'x-cache-seconds': seconds }),
};

/** The header of a good answer; a refusal is kept by nobody. */
export function cacheControlOf(seconds: number | undefined): string {
  return seconds === undefined ? 'no-store' : `public, max-age=${seconds}`;
}
