import { LRUCache } from 'lru-cache';
import { problems } from '../../../contract/kit/problems.ts';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem-error.ts';
import type { Revocations } from '../revocations/revocations.ts';
import type { CacheCounts, LookupOutcome } from './counts.ts';

export interface CacheOptions<Value> {
  /** One word for metrics and logs, of this cache alone. */
  readonly name: string;
  /** Asks the source: by one caller at a time, for all who wait for the same key. */
  readonly load: (key: string) => Promise<Value>;
  /** For so long at most it is answered without asking again; a tenth less by chance. */
  readonly freshSeconds: number;
  /**
   * For so long after that it is still better than none, while the source fails. Nothing that may be
   * revoked: a process that is cut off would not hear of it.
   */
  readonly staleSeconds?: number;
  /** How many values are kept in memory. The one used last stays. */
  readonly capacity: number;
  /** The kind of revocation that voids it: its subject is the key, and null stands for all keys. */
  readonly voidedBy?: string;
}

export interface CacheParts {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'onRevoked'>;
  readonly counts: CacheCounts;
}

interface Entry<Value> {
  readonly value: Value;
  readonly freshUntil: number;
  /** How this process came by it. */
  readonly found: Extract<LookupOutcome, 'stale' | 'miss'>;
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

  constructor(options: CacheOptions<Value>, parts: CacheParts) {
    this.#options = options;
    this.#parts = parts;
    this.#known = new LRUCache({
      max: options.capacity,
      ttl: options.freshSeconds * 1_000,
      perf: { now: () => parts.clock.now().getTime() },
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
    const { voidedBy } = options;
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
  }

  async #load(key: string): Promise<Entry<Value>> {
    const { loads } = this.#parts.counts;
    // Counted from the beginning: what happens meanwhile may be missing in what is read.
    const freshUntil = this.#now() + this.#freshMs();
    try {
      const value = await this.#options.load(key);
      loads.loaded += 1;
      return { value, freshUntil, found: 'miss' };
    } catch (error) {
      if (!isAnswer(error)) loads.failed += 1;
      throw error;
    }
  }

  #isGoodEnough({ freshUntil }: Entry<Value>, error: unknown): boolean {
    const { staleSeconds = 0 } = this.#options;
    return !isAnswer(error) && this.#now() < freshUntil + staleSeconds * 1_000;
  }

  #freshMs(): number {
    const mostMs = this.#options.freshSeconds * 1_000;
    return Math.floor(mostMs - mostMs * jitterShare * (1 - Math.random()));
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
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
