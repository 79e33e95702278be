import { randomUUIDv7 } from 'node:crypto';
import { type Clock, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { afterCommit } from '../db/transaction.ts';
import type { Log } from '../observability/log.ts';
import type { RevocationBus } from './bus.ts';

/**
 * `session`: one session ended. `user`: whatever is known of an account is void. `roles`: what
 * roles grant has changed. `keys`: the key ring has changed.
 */
export interface Revocation {
  readonly kind: 'session' | 'user' | 'roles' | 'keys';
  readonly subject: string | null;
}

export interface RevocationParts {
  readonly db: Database;
  readonly bus: RevocationBus;
  readonly clock: Clock;
  readonly log: Log;
  /** How often the table is read whatever the bus says. */
  readonly pollMs: number;
  /** After this, an access token of an ended session has expired by itself. */
  readonly tokenLifeSeconds: number;
}

interface Row extends Revocation {
  readonly id: string;
}

const keepDays = 1;

/**
 * What has been revoked, in memory on every process. The answering process applies a revocation
 * when its transaction has committed; the others when the bus tells them, or at the next poll.
 */
export class Revocations {
  readonly #parts: RevocationParts;
  readonly #denied = new Map<string, number>();
  readonly #listeners = new Set<(revocation: Revocation) => void>();
  // Rows seen since the snapshot below: read again by the next poll, applied only once.
  #seen = new Set<string>();
  #horizon = '0';
  #sequence = 0;
  #lastReadAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #isAwaited = false;

  constructor(parts: RevocationParts) {
    this.#parts = parts;
  }

  /** Loads what matters still; from then on follows the bus and polls. */
  async start(): Promise<void> {
    await this.#read();
    this.#parts.bus.listen(() => this.#readSoon());
    this.#timer = setInterval(() => this.#readSoon(), this.#parts.pollMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#parts.bus.close();
    await this.#reading;
  }

  /** Revokes as part of the transaction: announced and applied only if it commits. */
  async record(trx: Database, revocation: Revocation): Promise<void> {
    const row = { id: randomUUIDv7(), ...revocation, createdAt: this.#parts.clock.now() };
    await trx('revocations').insert(row);
    await this.#parts.bus.announce(trx);
    afterCommit(trx, () => this.#apply(row));
  }

  /** Whether an access token of this session must be refused without asking the database. */
  isDenied(sessionId: string): boolean {
    return this.#denied.has(sessionId);
  }

  /** Grows with every revocation: what was read before it grew may be void. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Milliseconds since the database was last read for revocations. */
  get ageMs(): number {
    return performance.now() - this.#lastReadAt;
  }

  onRevoked(listener: (revocation: Revocation) => void): void {
    this.#listeners.add(listener);
  }

  /** News that come while the table is read may be younger than its snapshot: once more, then. */
  #readSoon(): void {
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    this.#reading = this.#reading
      .then(() => {
        this.#isAwaited = false;
        return this.#read();
      })
      .catch((error: unknown) => {
        this.#parts.log.warn({ err: error }, 'revocations could not be read');
      });
  }

  async #read(): Promise<void> {
    const startedAt = performance.now();
    const { horizon, rows } = await readSince(this.#parts.db, this.#horizon, this.#oldest());
    for (const row of rows) this.#apply(row);
    this.#horizon = horizon;
    this.#seen = new Set(rows.map(({ id }) => id));
    this.#lastReadAt = startedAt;
    this.#forgetExpired();
  }

  #oldest(): Date {
    return secondsAfter(this.#parts.clock.now(), -keepDays * 86_400);
  }

  #apply({ id, kind, subject }: Row): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#sequence += 1;
    if (kind === 'session' && subject) this.#denied.set(subject, this.#expiry());
    for (const listener of this.#listeners) listener({ kind, subject });
  }

  #expiry(): number {
    return secondsAfter(this.#parts.clock.now(), this.#parts.tokenLifeSeconds).getTime();
  }

  #forgetExpired(): void {
    const now = this.#parts.clock.now().getTime();
    for (const [sessionId, until] of this.#denied) if (until < now) this.#denied.delete(sessionId);
  }
}

/**
 * Every row that may have been committed since the snapshot with this horizon: transactions
 * below it had ended by then, all others are read (again).
 */
async function readSince(db: Database, horizon: string, oldest: Date) {
  const { rows } = await db.raw<{ rows: { horizon: string; rows: Row[] }[] }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
       coalesce((
         select json_agg(json_build_object('id', id, 'kind', kind, 'subject', subject) order by xid, id)
         from revocations where xid >= ?::xid8 and created_at > ?
       ), '[]') as rows`,
    [horizon, oldest],
  );
  const [answer] = rows;
  if (!answer) throw new Error('PostgreSQL answered no snapshot');
  return answer;
}
