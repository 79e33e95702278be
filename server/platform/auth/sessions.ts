import { randomUUIDv7 } from 'node:crypto';
import { Lucia } from 'lucia';
import { TimeSpan } from 'oslo';
import { generateRandomString } from 'oslo/crypto';
import { type Clock, earlier, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { Revocations } from '../revocations/revocations.ts';
import { LuciaAdapter } from './lucia-adapter.ts';
import { isLive, Session, type SessionKind } from './session-model.ts';

export interface SessionLifetime {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
}

export interface SessionOptions {
  readonly lifetimes: Readonly<Record<SessionKind, SessionLifetime>>;
  /** False only on http://localhost: the `__Host-` prefix and `Secure` need TLS. */
  readonly isSecure: boolean;
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

const touchAfterSeconds = 60;
// 40 characters of 36: over 200 bits.
const secretLength = 40;
const secretAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Starts, finds and ends sessions, with Lucia. Replacing Lucia touches this file and its adapter. */
export class Sessions {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #revocations: Revocations;
  readonly #options: SessionOptions;

  constructor(db: Database, clock: Clock, revocations: Revocations, options: SessionOptions) {
    this.#db = db;
    this.#clock = clock;
    this.#revocations = revocations;
    this.#options = options;
  }

  /** Begins a session inside the caller's transaction. The secret is for the cookie only. */
  async start(trx: Database, signIn: SignIn): Promise<{ session: Session; secret: string }> {
    const { userId, kind, methods, device } = signIn;
    const now = this.#clock.now();
    const expiresAt = secondsAfter(now, this.#options.lifetimes[kind].maxSeconds);
    const row = {
      id: randomUUIDv7(),
      kind,
      methods,
      userAgent: device.userAgent?.slice(0, 512) ?? null,
      address: device.address.slice(0, 45),
      authenticatedAt: now,
      createdAt: now,
      idleExpiresAt: this.#idleEnd(kind, expiresAt),
      expiresAt,
    };
    const { id: secret } = await this.#lucia(kind, trx).createSession(
      userId,
      { row },
      { sessionId: generateRandomString(secretLength, secretAlphabet) },
    );
    return { session: await Session.query(trx).findById(row.id).throwIfNotFound(), secret };
  }

  /** The live session of a cookie; using it keeps it from idling away. */
  async findByCookie(secret: string): Promise<Session | undefined> {
    const { session } = await this.#lucia('cookie').validateSession(secret);
    return session ? this.#touched(session.row) : undefined;
  }

  /** The live token session with this public id. */
  async findByToken(id: string): Promise<Session | undefined> {
    const row = await Session.query(this.#db).findById(id);
    return row?.kind === 'tokens' && isLive(row, this.#clock.now())
      ? this.#touched(row)
      : undefined;
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
    const query = this.#liveOf(trx, userId).patch(revoked);
    const ended = await (except === undefined ? query : query.whereNot('id', except));
    await this.#revocations.record(trx, { kind: 'user', subject: userId });
    return ended;
  }

  /** The live sessions of an account, the one used last first. */
  async list(userId: string): Promise<Session[]> {
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
    const cookie = this.#lucia('cookie').createSessionCookie(secret);
    cookie.attributes.maxAge = this.#options.lifetimes.cookie.maxSeconds;
    return cookie.serialize();
  }

  /** The `Set-Cookie` value that takes it away. */
  blankCookie(): string {
    return this.#lucia('cookie').createBlankSessionCookie().serialize();
  }

  /** Reads our cookie only: Lucia decodes all of them, and throws at what other software set. */
  readCookie(header = ''): string | undefined {
    const prefix = `${this.#lucia('cookie').sessionCookieName}=`;
    const cookies = header.split(';').map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  }

  // A write per minute and session, not per request. Lucia alone would extend a session only in
  // the second half of its idle time. A token session idles until it is refreshed.
  async #touched(session: Session): Promise<Session> {
    const now = this.#clock.now();
    if (secondsAfter(session.lastSeenAt, touchAfterSeconds) > now) return session;
    const longer = session.kind === 'cookie' && {
      idleExpiresAt: this.#idleEnd('cookie', session.expiresAt),
    };
    await session.$query(this.#db).patch({ lastSeenAt: now, ...longer });
    return session;
  }

  #idleEnd(kind: SessionKind, expiresAt: Date): Date {
    const { idleSeconds } = this.#options.lifetimes[kind];
    return earlier(secondsAfter(this.#clock.now(), idleSeconds), expiresAt);
  }

  #lucia(kind: SessionKind, db: Database = this.#db) {
    const { isSecure, lifetimes } = this.#options;
    return new Lucia(new LuciaAdapter(db, this.#clock), {
      sessionExpiresIn: new TimeSpan(lifetimes[kind].idleSeconds, 's'),
      sessionCookie: {
        name: isSecure ? '__Host-session' : 'session',
        attributes: { secure: isSecure, sameSite: 'lax', path: '/' },
      },
      getSessionAttributes: ({ row }) => ({ row: row as Session }),
    });
  }
}
