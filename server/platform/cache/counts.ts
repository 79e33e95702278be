/**
 * What became of a lookup: `hit` in memory; `shared`: another process had put it into Redis;
 * `joined`: it waited for what was under way; `stale`: the source failed, and what is older was good
 * enough; `miss`: the source was asked.
 */
export const lookupOutcomes = ['hit', 'shared', 'joined', 'stale', 'miss'] as const;
export type LookupOutcome = (typeof lookupOutcomes)[number];

/** What a cache has done so far, as plain numbers: a lookup adds one, and a scrape reads them. */
export interface CacheCounts {
  readonly name: string;
  readonly lookups: Record<LookupOutcome, number>;
  /** What the source was asked for and answered, and what it failed to answer. */
  readonly loads: { loaded: number; failed: number };
}

export function newCounts(name: string): CacheCounts {
  return {
    name,
    lookups: { hit: 0, shared: 0, joined: 0, stale: 0, miss: 0 },
    loads: { loaded: 0, failed: 0 },
  };
}
