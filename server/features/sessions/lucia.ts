import { hash } from 'node:crypto';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import { raw } from 'objection';
import type { Transaction } from '../../platform/change.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import type { FindCaller, FoundCaller } from './find-caller.ts';
import { isLive, Session } from './model.ts';

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseSessionAttributes: { beginning?: Beginning };
    DatabaseUserAttributes: { caller: FoundCaller };
  }
}

/** What Lucia does not know of a session that begins: it keeps id, user and expiry. */
export interface Beginning {
  readonly tx: Transaction;
  readonly row: SessionColumns;
}

type SessionColumns = Pick<
  Session,
  | 'id'
  | 'kind'
  | 'methods'
  | 'userAgent'
  | 'address'
  | 'authenticatedAt'
  | 'idleExpiresAt'
  | 'expiresAt'
  | 'createdAt'
  | 'impersonatorId'
  | 'impersonatorSessionId'
>;

interface NewSession extends SessionColumns {
  readonly userId: string;
  readonly secretHash: string;
}

const insertSession = statement('sessions.insert', (arg: Args<NewSession>) =>
  Session.query().insert({
    id: arg.id,
    userId: arg.userId,
    kind: arg.kind,
    secretHash: arg.secretHash,
    methods: arg.methods,
    userAgent: arg.userAgent,
    address: arg.address,
    authenticatedAt: arg.authenticatedAt,
    lastSeenAt: arg.createdAt,
    idleExpiresAt: arg.idleExpiresAt,
    expiresAt: arg.expiresAt,
    createdAt: arg.createdAt,
    impersonatorId: arg.impersonatorId,
    impersonatorSessionId: arg.impersonatorSessionId,
  }),
);

interface AdapterParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly findCaller: FindCaller;
  /** Whether everything is read from the database, what roles grant included. */
  readonly exact: boolean;
}

/**
 * Lucia on Objection. Lucia's "session id" is the cookie's secret: it is hashed before it meets
 * the database, and the row has a public id of its own. Lucia reads the machine's clock; instants
 * are shifted on the way in and out, so that the injected clock decides.
 */
export class LuciaAdapter implements Adapter {
  readonly #parts: AdapterParts;

  constructor(parts: AdapterParts) {
    this.#parts = parts;
  }

  async getSessionAndUser(secret: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const { findCaller, clock, exact } = this.#parts;
    const caller = await findCaller({ secretHash: hashSecret(secret) }, { exact });
    if (!caller) return [null, null];
    const { session } = caller;
    if (session.kind !== 'cookie' || !isLive(session, clock.now())) return [null, null];
    return [this.#toLucia(secret, session), { id: session.userId, attributes: { caller } }];
  }

  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await Session.query(this.#parts.db).where({ userId }).whereNull('revokedAt');
    return rows.map((row) => this.#toLucia(row.id, row));
  }

  async setSession({ id: secret, userId, attributes }: DatabaseSession): Promise<void> {
    const { beginning } = attributes;
    if (!beginning) throw new Error('A session begins with its columns, in a transaction');
    const { row, tx } = beginning;
    await insertSession.run(tx, { ...row, userId, secretHash: hashSecret(secret) });
  }

  async updateSessionExpiration(secret: string, expiresAt: Date): Promise<void> {
    const { db, clock } = this.#parts;
    const idleExpiresAt = raw('least(expires_at, ?::timestamptz)', [this.#fromLucia(expiresAt)]);
    await Session.query(db)
      .patch({ idleExpiresAt: idleExpiresAt as never, lastSeenAt: clock.now() })
      .where({ secretHash: hashSecret(secret) })
      .whereNull('revokedAt');
  }

  // Sessions end in `Sessions`, which tells the other processes. Lucia calls this only for rows
  // that have expired, and an expired row is refused without being changed.
  async deleteSession(): Promise<void> {}

  async deleteUserSessions(): Promise<void> {
    throw new Error('End sessions with Sessions.endAllOf: other processes must hear of it');
  }

  async deleteExpiredSessions(): Promise<void> {
    const { db, clock } = this.#parts;
    await Session.query(db).delete().where('expiresAt', '<', clock.now());
  }

  #toLucia(id: string, row: Pick<Session, 'userId' | 'idleExpiresAt'>): DatabaseSession {
    const shift = Date.now() - this.#parts.clock.now().getTime();
    const expiresAt = new Date(row.idleExpiresAt.getTime() + shift);
    return { id, userId: row.userId, expiresAt, attributes: {} };
  }

  #fromLucia(instant: Date): Date {
    return new Date(instant.getTime() - Date.now() + this.#parts.clock.now().getTime());
  }
}

interface CookieOptions {
  readonly name: string;
  readonly isSecure: boolean;
  readonly idleSeconds: number;
}

/** Lucia on this adapter, for cookies; made once, not per request. */
export function createLucia(parts: AdapterParts, { name, isSecure, idleSeconds }: CookieOptions) {
  return new Lucia(new LuciaAdapter(parts), {
    sessionExpiresIn: new TimeSpan(idleSeconds, 's'),
    sessionCookie: { name, attributes: { secure: isSecure, sameSite: 'lax', path: '/' } },
    getSessionAttributes: () => ({}),
    getUserAttributes: ({ caller }) => ({ caller }),
  });
}

export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}
