import { randomUUIDv7 } from 'node:crypto';
import type { Lucia } from 'lucia';
import { generateRandomString } from 'oslo/crypto';
import { type Clock, earlier, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { Revocations } from '../revocations/revocations.ts';
import type { Exactness, FindCaller, FoundCaller } from './find-caller.ts';
import { noteUse } from './last-seen.ts';
import { createLucia } from './lucia-adapter.ts';
import { isLive, Session, type SessionKind, sessionById } from './session-model.ts';

export interface SessionLifetime {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
}

export interface SessionOptions {
  readonly lifetimes: Readonly<Record<SessionKind, SessionLifetime>>;
  /** False only on http://localhost: the `__Host-` prefix and `Secure` need TLS. */
  readonly isSecure: boolean;
  readonly findCaller: FindCaller;
}

export interface Device {
  readonly userAgent: string | null;
  readonly address: string;
}

interface SignIn {
  readonly userId: string;
  readonly kind: SessionKind;
  readonly methods: string[];
  readonly device: Device;
}

// 40 characters of 36: over 200 bits.
const secretLength = 40;
const secretAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Starts, finds and ends sessions, with Lucia. Replacing Lucia touches this file and its adapter. */
export class Sessions {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #revocations: Revocations;
  readonly #options: SessionOptions;
  readonly #lucia: Record<'usual' | 'exact', Lucia>;
  readonly #ownCookie: RegExp;

  constructor(db: Database, clock: Clock, revocations: Revocations, options: SessionOptions) {
    this.#db = db;
    this.#clock = clock;
    this.#revocations = revocations;
    this.#options = options;
    const { isSecure, lifetimes, findCaller } = options;
    const cookie = { name: isSecure ? '__Host-session' : 'session', isSecure };
    const { idleSeconds } = lifetimes.cookie;
    const lucia = (exact: boolean) =>
      createLucia({ db, clock, findCaller, exact }, { ...cookie, idleSeconds });
    this.#lucia = { usual: lucia(false), exact: lucia(true) };
    this.#ownCookie = new RegExp(`(?:^|;)\\s*${cookie.name}=([^;]*)`);
  }

  /** Begins a session inside the caller's transaction. The secret is for the cookie only. */
  async start(trx: Database, signIn: SignIn): Promise<{ session: Session; secret: string }> {
    const { userId, kind, methods, device } = signIn;
    const now = this.#clock.now();
    const { idleSeconds, maxSeconds } = this.#options.lifetimes[kind];
    const expiresAt = secondsAfter(now, maxSeconds);
    const row = {
      id: randomUUIDv7(),
      kind,
      methods,
      userAgent: device.userAgent?.slice(0, 512) ?? null,
      address: device.address.slice(0, 45),
      authenticatedAt: now,
      createdAt: now,
      idleExpiresAt: earlier(secondsAfter(now, idleSeconds), expiresAt),
      expiresAt,
    };
    const { id: secret } = await this.#lucia.usual.createSession(
      userId,
      { beginning: { row, trx } },
      { sessionId: generateRandomString(secretLength, secretAlphabet) },
    );
    const session = await sessionById.find(trx, { id: row.id });
    if (!session) throw new Error('A session that was just begun is not there');
    return { session, secret };
  }

  /** Who calls with a cookie whose session is live; using it keeps it from idling away. */
  async findByCookie(secret: string, { exact }: Exactness): Promise<FoundCaller | undefined> {
    const { user } = await this.#lucia[exact ? 'exact' : 'usual'].validateSession(secret);
    return user ? this.#used(user.caller) : undefined;
  }

  /** Who calls with the live token session of this public id. */
  async findByToken(id: string, { exact }: Exactness): Promise<FoundCaller | undefined> {
    const found = await this.#options.findCaller({ id }, { exact });
    const isGood = found?.session.kind === 'tokens' && isLive(found.session, this.#clock.now());
    return isGood ? this.#used(found) : undefined;
  }

  /** Ends one session inside the caller's transaction; says whether it was live until now. */
  async end(trx: Database, id: string, reason: string): Promise<boolean> {
    const ended = await Session.query(trx)
      .patch({ revokedAt: this.#clock.now(), revokedReason: reason })
      .where({ id })
      .whereNull('revokedAt');
    await this.#revocations.record(trx, { kind: 'session', subject: id });
    return ended === 1;
  }

  /** Ends all sessions of an account but the one that is named; says how many. */
  async endAllOf(
    trx: Database,
    userId: string,
    { reason, except }: { reason: string; except?: string | undefined },
  ): Promise<number> {
    const revoked = { revokedAt: this.#clock.now(), revokedReason: reason };
    // Locked in one order: two of these at once must not wait for each other.
    const live = this.#liveOf(trx, userId).select('id').orderBy('id').forUpdate();
    const ids = except === undefined ? live : live.whereNot('id', except);
    const ended = await Session.query(trx).patch(revoked).whereIn('id', ids);
    await this.#revocations.record(trx, { kind: 'user', subject: userId });
    return ended;
  }

  /** The live sessions of an account, the one used last first. */
  list(userId: string) {
    return this.#liveOf(this.#db, userId).orderBy('lastSeenAt', 'desc').limit(200);
  }

  #liveOf(db: Database, userId: string) {
    const now = this.#clock.now();
    return Session.query(db)
      .where({ userId })
      .whereNull('revokedAt')
      .where('idleExpiresAt', '>', now)
      .where('expiresAt', '>', now);
  }

  /** The `Set-Cookie` value that hands the session to a browser until its absolute end. */
  cookie(secret: string): string {
    const cookie = this.#lucia.usual.createSessionCookie(secret);
    cookie.attributes.maxAge = this.#options.lifetimes.cookie.maxSeconds;
    return cookie.serialize();
  }

  /** The `Set-Cookie` value that takes it away. */
  blankCookie(): string {
    return this.#lucia.usual.createBlankSessionCookie().serialize();
  }

  /** Reads our cookie only: Lucia decodes all of them, and throws at what other software set. */
  readCookie(header = ''): string | undefined {
    return this.#ownCookie.exec(header)?.[1]?.trimEnd();
  }

  // Lucia alone would extend a session only in the second half of its idle time.
  async #used({ session, actor }: FoundCaller): Promise<FoundCaller> {
    const { idleSeconds } = this.#options.lifetimes.cookie;
    return { session: await noteUse(this.#db, this.#clock, session, idleSeconds), actor };
  }
}
