import { LRUCache } from 'lru-cache';
import { problems } from '../../../contract/kit/problems.ts';
import { neverBack } from '../clock.ts';
import { ProblemError } from '../problem-error.ts';
import type { CacheOptions, CacheParts } from './cache-options.ts';
import type { LookupOutcome } from './counts.ts';
import { RedisLevel } from './redis-level.ts';

interface Entry<Value> {
  readonly value: Value;
  readonly freshUntil: number;
  /** How this process came by it. */
  readonly found: Exclude<LookupOutcome, 'hit' | 'joined'>;
}

// All that was loaded at once must not be asked for at once again.
const jitterShare = 0.1;
// A source that fails is asked again after this; meanwhile what is stale is answered at once.
const retryMs = 1_000;

/**
 * Values by key, in memory: loaded once for all who ask at the same time. A revocation drops what it
 * voids, also while that is being loaded: who asked before gets it, and who asks afterwards does not.
 */
export class Cache<Value> {
  readonly #options: CacheOptions<Value>;
  readonly #parts: CacheParts;
  readonly #known: LRUCache<string, Entry<Value>>;
  readonly #shared: RedisLevel<Value> | undefined;
  readonly #now: () => number;

  constructor(options: CacheOptions<Value>, parts: CacheParts) {
    this.#options = options;
    this.#parts = parts;
    this.#now = neverBack(parts.clock);
    this.#known = new LRUCache({
      max: options.capacity,
      ttl: this.#mostMs,
      perf: { now: this.#now },
      ttlResolution: 0,
      // What was dropped while it was loaded is answered to those who wait, and not kept.
      ignoreFetchAbort: true,
      fetchMethod: async (key, known, { options: kept, signal }) => {
        try {
          const entry = await this.#load(key);
          kept.ttl = Math.max(1, entry.freshUntil - this.#now());
          return entry;
        } catch (error) {
          if (!known || signal.aborted || !this.#isGoodEnough(known, error)) throw error;
          kept.ttl = retryMs;
          return { ...known, found: 'stale' };
        }
      },
    });
    const { name, shared: schema, voidedBy } = options;
    const { redis } = parts;
    this.#shared =
      schema && redis && new RedisLevel({ name, schema, redis, freshMs: this.#mostMs });
    parts.revocations.onRevoked(({ kind, subject }) => {
      if (kind === voidedBy) this.#drop(subject);
    });
  }

  async get(key: string): Promise<Value> {
    const status: LRUCache.Status<string, Entry<Value>> = {};
    let outcome: LookupOutcome = 'miss';
    try {
      const entry = await this.#known.fetch(key, { status });
      if (!entry) throw new Error(`${this.#options.name}: a load gave nothing`);
      outcome = outcomeOf(status.fetch, entry.found);
      return entry.value;
    } finally {
      this.#parts.counts.lookups[outcome] += 1;
    }
  }

  /** Asks the source whatever is known, for who has reason to believe that it is too old. */
  renew(key: string): Promise<Value> {
    this.#drop(key);
    return this.get(key);
  }

  #drop(subject: string | null): void {
    if (subject === null) this.#known.clear();
    else this.#known.delete(subject);
    this.#shared?.void();
  }

  async #load(key: string): Promise<Entry<Value>> {
    const { known, mark } = (await this.#shared?.look(key)) ?? {};
    if (known) {
      return { value: known.value, freshUntil: this.#now() + known.freshMs, found: 'shared' };
    }
    // Counted from the beginning: what happens meanwhile may be missing in what is read.
    const freshUntil = this.#now() + this.#freshMs();
    const value = await this.#ask(key);
    const lifeMs = freshUntil - this.#now();
    if (mark !== undefined && lifeMs > 0) this.#shared?.put(key, { mark, value, lifeMs });
    return { value, freshUntil, found: 'miss' };
  }

  async #ask(key: string): Promise<Value> {
    const { loads } = this.#parts.counts;
    try {
      const value = await this.#options.load(key);
      loads.loaded += 1;
      return value;
    } catch (error) {
      if (!isAnswer(error)) loads.failed += 1;
      throw error;
    }
  }

  #isGoodEnough({ freshUntil }: Entry<Value>, error: unknown): boolean {
    const { staleSeconds = 0 } = this.#options;
    return !isAnswer(error) && this.#now() < freshUntil + staleSeconds * 1_000;
  }

  get #mostMs(): number {
    return this.#options.freshSeconds * 1_000;
  }

  #freshMs(): number {
    return Math.floor(this.#mostMs * (1 - jitterShare * (1 - Math.random())));
  }
}

function outcomeOf(
  fetched: LRUCache.Status<string, unknown>['fetch'],
  found: LookupOutcome,
): LookupOutcome {
  if (found === 'stale') return 'stale';
  if (fetched === 'hit') return 'hit';
  return fetched === 'inflight' ? 'joined' : found;
}

/** That there is no such thing is an answer of the source, and no failure. */
function isAnswer(error: unknown): boolean {
  return error instanceof ProblemError && problems[error.code].status < 500;
}
