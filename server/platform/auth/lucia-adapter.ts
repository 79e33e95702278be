import { createHash } from 'node:crypto';
import type { Adapter, DatabaseSession, DatabaseUser, Lucia } from 'lucia';
import { raw } from 'objection';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { isLive, Session } from './session-model.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<{ row: Session }>;
    DatabaseSessionAttributes: { row: SessionColumns };
  }
}

/** What Lucia does not know of a session: it keeps id, user and expiry. */
export type SessionColumns = Pick<
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
>;

/**
 * Lucia on Objection. Lucia's "session id" is the cookie's secret: it is hashed before it meets
 * the database, and the row has a public id of its own. Lucia reads the machine's clock; instants
 * are shifted on the way in and out, so that the injected clock decides.
 */
export class LuciaAdapter implements Adapter {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async getSessionAndUser(secret: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const row = await Session.query(this.#db).findOne({ secretHash: hashSecret(secret) });
    if (row?.kind !== 'cookie' || !isLive(row, this.#clock.now())) return [null, null];
    return [this.#toLucia(secret, row), { id: row.userId, attributes: {} }];
  }

  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await Session.query(this.#db).where({ userId }).whereNull('revokedAt');
    return rows.map((row) => this.#toLucia(row.id, row));
  }

  async setSession({ id: secret, userId, attributes }: DatabaseSession): Promise<void> {
    const { row } = attributes;
    await Session.query(this.#db).insert({
      ...row,
      userId,
      secretHash: hashSecret(secret),
      lastSeenAt: row.createdAt,
    });
  }

  async updateSessionExpiration(secret: string, expiresAt: Date): Promise<void> {
    const idleExpiresAt = raw('least(expires_at, ?::timestamptz)', [this.#fromLucia(expiresAt)]);
    await Session.query(this.#db)
      .patch({ idleExpiresAt: idleExpiresAt as never, lastSeenAt: this.#clock.now() })
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
    await Session.query(this.#db).delete().where('expiresAt', '<', this.#clock.now());
  }

  #toLucia(id: string, row: Session): DatabaseSession {
    const shift = Date.now() - this.#clock.now().getTime();
    const expiresAt = new Date(row.idleExpiresAt.getTime() + shift);
    return { id, userId: row.userId, expiresAt, attributes: { row } };
  }

  #fromLucia(instant: Date): Date {
    return new Date(instant.getTime() - Date.now() + this.#clock.now().getTime());
  }
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
