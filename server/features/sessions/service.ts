import { randomUUIDv7 } from 'node:crypto';
import { generateRandomString } from 'oslo/crypto';
import type { NewEvent } from '../../../contract/events.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { earlier, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { SessionCookies } from './cookies.ts';
import { hashSecret } from './lucia.ts';
import {
  accountVoided,
  isLive,
  lockedInOrder,
  ofLiveAccount,
  ownSessionById,
  ProviderSession,
  Session,
  type SessionKind,
  sessionById,
  sessionEnded,
} from './model.ts';
import type { RefreshClaim } from './refresh-tokens.ts';

export interface Device {
  readonly userAgent: string | null;
  readonly address: string;
}

interface Beginning {
  readonly userId: string;
  readonly kind: SessionKind;
  /** How the person proved who they are (RFC 8176). */
  readonly methods: readonly string[];
  readonly device: Device;
  readonly acting?: Acting;
}

/** Somebody who acts as the account, from a session of theirs. */
interface Acting {
  readonly own: Session;
  readonly seconds: number;
}

/** Racing tabs send the same refresh token within moments; they all get the same successor. */
const graceSeconds = 10;

// 40 characters of 36: over 200 bits.
const secretLength = 40;
const secretAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Owns the row of a session: begins, rotates, ends and lists. */
export class Sessions {
  readonly #platform: Platform;
  readonly #cookies: SessionCookies;

  constructor(platform: Platform, cookies: SessionCookies) {
    this.#platform = platform;
    this.#cookies = cookies;
  }

  /** Begins a session inside the caller's change. The secret is for the cookie only. */
  async start(
    tx: Transaction,
    beginning: Beginning,
  ): Promise<{ session: Session; secret: string }> {
    const { userId, kind, methods, device, acting } = beginning;
    const { idleSeconds, maxSeconds } = this.#platform.config.sessions[kind];
    const expiresAt = acting ? endOfActing(acting, tx.now) : secondsAfter(tx.now, maxSeconds);
    const row = {
      id: randomUUIDv7(),
      kind,
      methods: [...methods],
      userAgent: device.userAgent?.slice(0, 512) ?? null,
      address: device.address.slice(0, 45),
      authenticatedAt: acting?.own.authenticatedAt ?? tx.now,
      createdAt: tx.now,
      idleExpiresAt: earlier(secondsAfter(tx.now, idleSeconds), expiresAt),
      expiresAt,
      impersonatorId: acting?.own.userId ?? null,
      impersonatorSessionId: acting?.own.id ?? null,
    };
    const secret = generateRandomString(secretLength, secretAlphabet);
    await this.#cookies.begin(userId, secret, { row, tx });
    const session = await sessionById.find(tx, { id: row.id });
    if (!session) throw new Error('A session that was just begun is not there');
    await tx.publish({ name: 'session.started', data: { userId, sessionId: row.id } });
    return { session, secret };
  }

  /** Begins a session in which the owner of another one acts as the account. Nobody signed in to it. */
  startActing(
    tx: Transaction,
    { own, userId, seconds, device }: Acting & { userId: string; device: Device },
  ): Promise<{ session: Session; secret: string }> {
    const acting = { own, seconds };
    return this.start(tx, { userId, kind: own.kind, methods: [], device, acting });
  }

  /** A new secret for a session that goes on: its holder had put it aside. */
  async handBack(tx: Transaction, id: string): Promise<{ session: Session; secret: string }> {
    const session = await this.findLocked(tx, id);
    if (!session || !isLive(session, tx.now)) throw problem('unauthenticated');
    const secret = generateRandomString(secretLength, secretAlphabet);
    const handed = await session.$query(tx).patchAndFetch({ secretHash: hashSecret(secret) });
    await tx.revoke({ kind: accountVoided, subject: session.userId });
    return { session: handed, secret };
  }

  /** The session behind the actor, whose account may be gone since the guard looked. */
  async getCurrent(actor: Actor): Promise<Session> {
    const { db } = this.#platform;
    const session = actor.session && (await ownSessionById.find(db, { id: actor.session.id }));
    if (!session) throw problem('unauthenticated');
    return session;
  }

  /** Locked until the change ends, so that a refresh and a revocation cannot cross. */
  async findLocked(tx: Transaction, id: string): Promise<Session | undefined> {
    return Session.query(tx).findById(id).forUpdate();
  }

  /**
   * The next generation of a session by tokens. The previous one is honoured for a moment after the
   * rotation; any older use means that somebody else has it too: `reused` (RFC 9700, 4.14.2).
   */
  async rotate(
    tx: Transaction,
    { sessionId, generation }: RefreshClaim,
  ): Promise<{ session: Session; outcome: 'rotated' | 'raced' | 'reused' } | undefined> {
    const session = await this.findLocked(tx, sessionId);
    if (session?.kind !== 'tokens' || !isLive(session, tx.now)) return undefined;
    if (isRacing(session, generation, tx.now)) return { session, outcome: 'raced' };
    if (generation !== session.refreshGeneration) return { session, outcome: 'reused' };
    const { idleSeconds } = this.#platform.config.sessions.tokens;
    const rotated = await session.$query(tx).patchAndFetch({
      refreshGeneration: generation + 1,
      refreshedAt: tx.now,
      lastSeenAt: tx.now,
      idleExpiresAt: earlier(secondsAfter(tx.now, idleSeconds), session.expiresAt),
    });
    return { session: rotated, outcome: 'rotated' };
  }

  /**
   * The person proved anew who they are. The session goes on, with a new secret or refresh token:
   * whoever has the older one is left behind (ASVS 7.2.4).
   */
  async renew(
    tx: Transaction,
    id: string,
    methods: readonly string[],
  ): Promise<{ session: Session; secret: string }> {
    const session = await this.findLocked(tx, id);
    if (!session || !isLive(session, tx.now)) throw problem('unauthenticated');
    const secret = generateRandomString(secretLength, secretAlphabet);
    const renewed = await session.$query(tx).patchAndFetch({
      authenticatedAt: tx.now,
      methods: [...new Set([...session.methods, ...methods])],
      secretHash: hashSecret(secret),
      refreshGeneration: session.refreshGeneration + 1,
      refreshedAt: tx.now,
      lastSeenAt: tx.now,
    });
    // What is remembered of the account is void: when it signed in, and by which secret.
    await tx.revoke({ kind: accountVoided, subject: session.userId });
    return { session: renewed, secret };
  }

  /** Ends one session inside the caller's change; says whether it was live until now. */
  async end(tx: Transaction, id: string, reason: string): Promise<boolean> {
    // What is kept of the session at a provider goes first, as where the provider ends both.
    await ProviderSession.query(tx).delete().where({ sessionId: id });
    const [ended] = await Session.query(tx)
      .patch({ revokedAt: tx.now, revokedReason: reason })
      .where({ id })
      .whereNull('revokedAt')
      .returning([...told]);
    await tx.revoke({ kind: sessionEnded, subject: id });
    if (ended) await tx.publish(...endsOf(ended, reason));
    await this.#endBegunFrom(tx, [id], reason);
    return ended !== undefined;
  }

  /** Nobody acts as somebody else without a session of their own. */
  async #endBegunFrom(tx: Transaction, ids: readonly string[], reason: string): Promise<void> {
    const ended = await Session.query(tx)
      .patch({ revokedAt: tx.now, revokedReason: reason })
      .whereIn('impersonatorSessionId', [...ids])
      .whereNull('revokedAt')
      .returning([...told]);
    for (const { id } of ended) await tx.revoke({ kind: sessionEnded, subject: id });
    await tx.publish(...ended.flatMap((session) => endsOf(session, reason)));
  }

  /** Ends all sessions of an account but the one that is named; says how many. */
  async endAllOf(
    tx: Transaction,
    userId: string,
    { reason, except }: { reason: string; except?: string | undefined },
  ): Promise<number> {
    // Locked in one order: two of these at once must not wait for each other.
    const live = liveOf(tx, userId, tx.now).select('id').orderBy('id').forUpdate();
    const ids = except === undefined ? live : live.whereNot('id', except);
    await forgetProviders(tx, userId, except);
    const ended = await Session.query(tx)
      .patch({ revokedAt: tx.now, revokedReason: reason })
      .whereIn('id', ids)
      .returning([...told]);
    await tx.revoke({ kind: accountVoided, subject: userId });
    await tx.publish(...ended.flatMap((session) => endsOf(session, reason)));
    await this.#endBegunFrom(
      tx,
      ended.map(({ id }) => id),
      reason,
    );
    return ended.length;
  }

  /** The live sessions of an account that can act, the one used last first. */
  async listOf(userId: string): Promise<Session[]> {
    const { db, clock } = this.#platform;
    return liveOf(db, userId, clock.now())
      .modify(ofLiveAccount)
      .orderBy('lastSeenAt', 'desc')
      .limit(200);
  }
}

/** What is kept of sessions at providers goes first, as where a provider ends both. */
async function forgetProviders(
  tx: Transaction,
  userId: string,
  except: string | undefined,
): Promise<void> {
  const all = Session.query(tx).where({ userId }).select('id');
  const ended = except === undefined ? all : all.whereNot('id', except);
  const kept = ProviderSession.query(tx).whereIn('sessionId', ended).modify(lockedInOrder);
  await ProviderSession.query(tx).delete().whereIn('id', kept);
}

const told = ['id', 'userId', 'impersonatorId'] as const;

function endsOf(
  { id: sessionId, userId, impersonatorId }: Pick<Session, (typeof told)[number]>,
  reason: string,
): NewEvent[] {
  const ended: NewEvent = { name: 'session.ended', data: { userId, sessionId, reason } };
  if (!impersonatorId) return [ended];
  const data = { userId, byUserId: impersonatorId, sessionId };
  return [ended, { name: 'account.impersonation_ended', data }];
}

/** Not beyond the session from which it is begun. */
function endOfActing({ own, seconds }: Acting, now: Date): Date {
  return earlier(secondsAfter(now, seconds), earlier(own.idleExpiresAt, own.expiresAt));
}

function liveOf(db: Database, userId: string, now: Date) {
  return Session.query(db)
    .where({ userId })
    .whereNull('revokedAt')
    .where('idleExpiresAt', '>', now)
    .where('expiresAt', '>', now);
}

function isRacing(session: Session, generation: number, now: Date): boolean {
  return (
    generation === session.refreshGeneration - 1 &&
    session.refreshedAt !== null &&
    secondsAfter(session.refreshedAt, graceSeconds) >= now
  );
}
