import type { Actor } from '../../platform/auth/actor.ts';
import { type KnownCaller, KnownCallers } from '../../platform/auth/known-callers.ts';
import type { CacheCounts } from '../../platform/cache/counts.ts';
import { type Clock, earlier } from '../../platform/clock.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import { rolesChanged } from '../roles/model.ts';
import type { EndedTokens } from './ended-tokens.ts';
import type { Exactness, FoundCaller } from './find-caller.ts';
import { hashSecret } from './lucia.ts';
import { accountVoided, sessionEnded } from './model.ts';
import type { SessionReader } from './reader.ts';

export interface CallersParts {
  readonly reader: Pick<SessionReader, 'findByToken' | 'findByCookie'>;
  readonly ended: Pick<EndedTokens, 'has'>;
  readonly revocations: Pick<Revocations, 'sequence' | 'ageMs' | 'onRevoked'>;
  readonly clock: Clock;
  /** How many callers are remembered. */
  readonly capacity: number;
  readonly counts: CacheCounts;
}

/** Who is behind a session. */
export class Callers {
  readonly #parts: CallersParts;
  readonly #known: KnownCallers;

  constructor(parts: CallersParts) {
    const { revocations, clock, capacity, counts } = parts;
    this.#parts = parts;
    this.#known = new KnownCallers({
      revocations,
      clock,
      capacity,
      counts,
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
    const read = async () => toKnow(await this.#parts.reader.findByToken(sessionId, { exact }));
    return this.#known.find({ key: sessionId, read, exact, canOutlive: true });
  }

  /** The caller with a cookie. While the database is away it is refused after 10 s. */
  byCookie(secret: string, { exact }: Exactness): Promise<Actor | undefined> {
    const read = async () => toKnow(await this.#parts.reader.findByCookie(secret, { exact }));
    return this.#known.find({ key: hashSecret(secret), read, exact, canOutlive: false });
  }
}

function toKnow(found: FoundCaller | undefined): KnownCaller | undefined {
  if (!found) return undefined;
  const { session, actor } = found;
  const endsAt = earlier(session.idleExpiresAt, session.expiresAt);
  const { impersonatorId, impersonatorSessionId } = session;
  const behind = [impersonatorId, impersonatorSessionId].filter((subject) => subject !== null);
  return { actor, endsAt, subjects: [session.id, session.userId, ...behind] };
}
