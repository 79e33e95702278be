import type { Actor } from '../../platform/auth/actor.ts';
import { type Clock, earlier, secondsAfter } from '../../platform/clock.ts';
import { problemOfDatabaseError } from '../../platform/db/database-problems.ts';
import { RevocableCache } from '../../platform/revocations/revocable-cache.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import { rolesChanged } from '../roles/model.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { Exactness, FoundCaller } from './find-caller.ts';
import { hashSecret } from './lucia.ts';
import { accountVoided, sessionEnded } from './model.ts';
import type { SessionReader } from './reader.ts';

export interface CallersParts {
  readonly reader: Pick<SessionReader, 'findByToken' | 'findByCookie'>;
  readonly ended: Pick<EndedSessions, 'has'>;
  readonly revocations: Pick<Revocations, 'sequence' | 'ageMs' | 'onRevoked'>;
  readonly clock: Clock;
  /** How many callers are remembered. */
  readonly capacity: number;
}

interface Caller {
  readonly sessionId: string;
  readonly userId: string;
  readonly actor: Actor;
  readonly endsAt: Date;
  readonly freshUntil: Date;
}

// Read again after this, so that "last seen" moves on and a cookie session does not idle away.
const freshSeconds = 60;
// A cookie carries no end. When the revocations were not read for this long, it may be revoked.
const maxSilenceMs = 10_000;

interface Lookup extends Exactness {
  readonly key: string;
  readonly read: () => Promise<FoundCaller | undefined>;
  /** Whether memory is good without news: a token has an end of its own. */
  readonly canOutlive: boolean;
}

/**
 * Who is behind a session, remembered in memory. A revocation drops what it makes void; a lookup
 * that was under way meanwhile is not remembered.
 */
export class Callers {
  readonly #parts: CallersParts;
  readonly #known: RevocableCache<Caller>;

  constructor(parts: CallersParts) {
    const { revocations, capacity } = parts;
    this.#parts = parts;
    this.#known = new RevocableCache({
      revocations,
      capacity,
      ofSubject: [sessionEnded, accountVoided],
      voidedBy: rolesChanged,
    });
  }

  /**
   * The caller with a verified access token. While the database is away, a remembered caller is
   * good until the token expires.
   */
  byToken(sessionId: string, { exact }: Exactness): Promise<Actor | undefined> {
    if (this.#parts.ended.has(sessionId)) return Promise.resolve(undefined);
    const read = () => this.#parts.reader.findByToken(sessionId, { exact });
    return this.#find({ key: sessionId, read, exact, canOutlive: true });
  }

  /** The caller with a cookie. While the database is away it is refused after 10 s. */
  byCookie(secret: string, { exact }: Exactness): Promise<Actor | undefined> {
    const read = () => this.#parts.reader.findByCookie(secret, { exact });
    return this.#find({ key: hashSecret(secret), read, exact, canOutlive: false });
  }

  async #find({ key, read, exact, canOutlive }: Lookup): Promise<Actor | undefined> {
    const mayRecall = () => !exact && (canOutlive || this.#hasRecentNews());
    const known = mayRecall() ? this.#fresh(key) : undefined;
    if (known) return known.actor;
    try {
      return (await this.#read(key, read))?.actor;
    } catch (error) {
      // Looked up again: what was revoked during the wait is forgotten by now.
      const old = isAway(error) && mayRecall() ? this.#remembered(key) : undefined;
      if (old) return old.actor;
      throw error;
    }
  }

  async #read(key: string, read: Lookup['read']): Promise<FoundCaller | undefined> {
    const { revocations } = this.#parts;
    const { sequence } = revocations;
    const found = await read();
    if (!found) this.#known.delete(key);
    else if (sequence === revocations.sequence) this.#known.set(key, this.#toRemember(found));
    return found;
  }

  #toRemember({ session, actor }: FoundCaller): Caller {
    const { id: sessionId, userId, idleExpiresAt, expiresAt } = session;
    const endsAt = earlier(idleExpiresAt, expiresAt);
    const freshUntil = secondsAfter(this.#parts.clock.now(), freshSeconds);
    return { sessionId, userId, actor, endsAt, freshUntil };
  }

  #fresh(key: string): Caller | undefined {
    const known = this.#remembered(key);
    return known && known.freshUntil > this.#parts.clock.now() ? known : undefined;
  }

  #remembered(key: string): Caller | undefined {
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
