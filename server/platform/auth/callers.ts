import { LRUCache } from 'lru-cache';
import { type Clock, secondsAfter } from '../clock.ts';
import { problemOfDatabaseError } from '../db/database-problems.ts';
import type { Revocation, Revocations } from '../revocations/revocations.ts';
import type { Actor } from './actor.ts';
import { hashSecret } from './lucia-adapter.ts';
import { isLive, type Session } from './session-model.ts';
import type { Sessions } from './sessions.ts';

export interface CallersParts {
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  readonly clock: Clock;
  /** Turns a live session into its actor; undefined when the account is gone or inactive. */
  readonly findActor: (session: Session) => Promise<Actor | undefined>;
  /** How many callers are remembered. */
  readonly capacity: number;
}

interface Caller {
  readonly session: Session;
  readonly actor: Actor;
  readonly readAt: Date;
}

// Read again after this, so that "last seen" moves on and a cookie session does not idle away.
const freshSeconds = 60;
// A cookie has no end of its own: without news for this long, nobody knows whether it still holds.
const maxSilenceMs = 10_000;

/**
 * Who is behind a session, remembered in memory. A revocation drops what it makes void; a lookup
 * that was under way meanwhile is not remembered.
 */
export class Callers {
  readonly #parts: CallersParts;
  readonly #known: LRUCache<string, Caller>;

  constructor(parts: CallersParts) {
    this.#parts = parts;
    this.#known = new LRUCache({ max: parts.capacity });
    parts.revocations.onRevoked((revocation) => this.#drop(revocation));
  }

  /**
   * The caller with a verified access token. While the database is away, a remembered caller is
   * good until the token expires.
   */
  byToken(sessionId: string, { exact }: { exact: boolean }): Promise<Actor | undefined> {
    if (this.#parts.revocations.isDenied(sessionId)) return Promise.resolve(undefined);
    const read = () => this.#parts.sessions.findByToken(sessionId);
    return this.#find(sessionId, read, { exact, canOutlive: true });
  }

  /** The caller with a cookie. While the database is away it is refused after 10 s. */
  byCookie(secret: string, { exact }: { exact: boolean }): Promise<Actor | undefined> {
    const read = () => this.#parts.sessions.findByCookie(secret);
    return this.#find(hashSecret(secret), read, { exact, canOutlive: false });
  }

  async #find(
    key: string,
    read: () => Promise<Session | undefined>,
    { exact, canOutlive }: { exact: boolean; canOutlive: boolean },
  ): Promise<Actor | undefined> {
    const known = this.#remembered(key);
    const isHeard = canOutlive || this.#parts.revocations.ageMs < maxSilenceMs;
    if (known && !exact && isHeard && this.#isFresh(known)) return known.actor;
    try {
      return (await this.#read(key, read))?.actor;
    } catch (error) {
      if (known && !exact && isHeard && isAway(error)) return known.actor;
      throw error;
    }
  }

  async #read(key: string, read: () => Promise<Session | undefined>): Promise<Caller | undefined> {
    const { revocations, clock, findActor } = this.#parts;
    const { sequence } = revocations;
    const session = await read();
    const actor = session && (await findActor(session));
    const caller = session && actor && { session, actor, readAt: clock.now() };
    if (!caller) this.#known.delete(key);
    else if (sequence === revocations.sequence) this.#known.set(key, caller);
    return caller;
  }

  #remembered(key: string): Caller | undefined {
    const known = this.#known.get(key);
    return known && isLive(known.session, this.#parts.clock.now()) ? known : undefined;
  }

  #isFresh({ readAt }: Caller): boolean {
    return secondsAfter(readAt, freshSeconds) > this.#parts.clock.now();
  }

  #drop({ kind, subject }: Revocation): void {
    if (kind === 'keys') return;
    for (const [key, { session }] of this.#known.entries()) {
      const isMeant = { session: session.id === subject, user: session.userId === subject };
      if (kind === 'roles' || isMeant[kind]) this.#known.delete(key);
    }
  }
}

/** Nothing but an outage may be bridged from memory. */
function isAway(error: unknown): boolean {
  return problemOfDatabaseError(error, {})?.code === 'service_unavailable';
}
