import type { CacheCounts } from '../cache/counts.ts';
import { type Clock, neverBack } from '../clock.ts';
import { problemOfDatabaseError } from '../db/database-problems.ts';
import { RevocableCache, type RevocableCacheOptions } from '../revocations/revocable-cache.ts';
import type { Revocations } from '../revocations/revocations.ts';
import type { Actor } from './actor.ts';

/** Who was found behind a credential, and for how long that holds. */
export interface KnownCaller {
  readonly actor: Actor;
  readonly endsAt: Date;
  /** What a revocation voids it by: the credential and the account behind it. */
  readonly subjects: readonly string[];
}

export interface CallerLookup {
  readonly key: string;
  readonly read: () => Promise<KnownCaller | undefined>;
  /** Whether memory is not asked. */
  readonly exact: boolean;
  /** Whether memory is good without news: a token has an end of its own. */
  readonly canOutlive: boolean;
}

type Kinds = Pick<RevocableCacheOptions<unknown>, 'capacity' | 'ofSubject' | 'voidedBy'>;

export interface KnownCallersParts extends Kinds {
  readonly revocations: Pick<Revocations, 'sequence' | 'ageMs' | 'onRevoked'>;
  readonly clock: Clock;
  readonly counts: CacheCounts;
}

interface Remembered extends KnownCaller {
  readonly freshUntil: number;
}

/** A lookup that others may wait for, too, as long as nothing was revoked since it began. */
interface Reading {
  readonly sequence: number;
  readonly found: Promise<KnownCaller | undefined>;
}

// Read again after this, so that "last seen" moves on and a cookie session does not idle away.
const freshSeconds = 60;
// Most credentials live long. When the revocations were not read for so long, one may be revoked.
const maxSilenceMs = 10_000;

/**
 * Who is behind a credential, remembered in memory. A revocation drops what it makes void; a lookup
 * that was under way meanwhile is not remembered.
 */
export class KnownCallers {
  readonly #parts: KnownCallersParts;
  readonly #known: RevocableCache<Remembered>;
  readonly #underWay = new Map<string, Reading>();
  readonly #age: () => number;

  constructor(parts: KnownCallersParts) {
    this.#parts = parts;
    this.#age = neverBack(parts.clock);
    this.#known = new RevocableCache({ ...parts, subjectsOf: ({ subjects }) => subjects });
  }

  async find({ key, read, exact, canOutlive }: CallerLookup): Promise<Actor | undefined> {
    const { lookups } = this.#parts.counts;
    const mayRecall = () => !exact && (canOutlive || this.#hasRecentNews());
    const known = mayRecall() ? this.#fresh(key) : undefined;
    if (known) {
      lookups.hit += 1;
      return known.actor;
    }
    try {
      const joined = exact ? undefined : this.#joinable(key);
      const found = await (joined ?? this.#begin(key, read));
      // Where memory is not asked, there is nothing to miss.
      if (!exact) lookups[joined ? 'joined' : 'miss'] += 1;
      return found?.actor;
    } catch (error) {
      // Looked up again: what was revoked during the wait is forgotten by now.
      const old = isAway(error) && mayRecall() ? this.#remembered(key) : undefined;
      if (!exact) lookups[old ? 'stale' : 'miss'] += 1;
      if (old) return old.actor;
      throw error;
    }
  }

  #joinable(key: string): Reading['found'] | undefined {
    const reading = this.#underWay.get(key);
    return reading?.sequence === this.#parts.revocations.sequence ? reading.found : undefined;
  }

  #begin(key: string, read: CallerLookup['read']): Reading['found'] {
    const { sequence } = this.#parts.revocations;
    const found = this.#read(key, read, sequence).finally(() => {
      if (this.#underWay.get(key) === reading) this.#underWay.delete(key);
    });
    const reading = { sequence, found };
    this.#underWay.set(key, reading);
    return found;
  }

  async #read(
    key: string,
    read: CallerLookup['read'],
    sequence: number,
  ): Promise<KnownCaller | undefined> {
    const { revocations } = this.#parts;
    const caller = await this.#counted(read);
    const found = caller && { ...caller, actor: { ...caller.actor, until: caller.endsAt } };
    const isCurrent = sequence === revocations.sequence;
    if (!found) this.#known.delete(key);
    else if (isCurrent) {
      this.#known.set(key, { ...found, freshUntil: this.#age() + freshSeconds * 1_000 });
    }
    return found;
  }

  async #counted(read: CallerLookup['read']): Promise<KnownCaller | undefined> {
    const { loads } = this.#parts.counts;
    try {
      const found = await read();
      loads.loaded += 1;
      return found;
    } catch (error) {
      loads.failed += 1;
      throw error;
    }
  }

  #fresh(key: string): Remembered | undefined {
    const known = this.#remembered(key);
    return known && known.freshUntil > this.#age() ? known : undefined;
  }

  #remembered(key: string): Remembered | undefined {
    const known = this.#known.get(key);
    return known && known.endsAt > this.#parts.clock.now() ? known : undefined;
  }

  #hasRecentNews(): boolean {
    return this.#parts.revocations.ageMs < maxSilenceMs;
  }
}

/** Nothing but an outage may be bridged from memory. */
function isAway(error: unknown): boolean {
  return problemOfDatabaseError(error, {})?.code === 'service_unavailable';
}
