import { Cache } from './cache.ts';
import type { CacheOptions, CacheParts } from './cache-options.ts';
import { type CacheCounts, newCounts } from './counts.ts';

export type CachesParts = Omit<CacheParts, 'counts'>;

/** Opens the caches of the features, each with a name of its own. */
export class Caches {
  readonly #parts: CachesParts;
  readonly #counts = new Map<string, CacheCounts>();

  constructor(parts: CachesParts) {
    this.#parts = parts;
  }

  open<Value>(options: CacheOptions<Value>): Cache<Value> {
    return new Cache(options, { ...this.#parts, counts: this.countsOf(options.name) });
  }

  /** For a memory that is no `Cache`, and whose lookups are to be seen beside the others. */
  countsOf(name: string): CacheCounts {
    const counts = this.#counts.get(name) ?? newCounts(name);
    this.#counts.set(name, counts);
    return counts;
  }

  get counts(): Iterable<CacheCounts> {
    return this.#counts.values();
  }
}
