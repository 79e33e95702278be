import { randomUUIDv7 } from 'node:crypto';
import { type Clock, daySeconds, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import type { UnitOfWork } from '../db/transaction.ts';
import type { Work } from '../jobs/job.ts';
import type { Log } from '../observability/log.ts';
import type { RevocationBus } from './bus.ts';
import { keepDays, purgeRevocations } from './purge-revocations.ts';

/** What has become void. Its kind is named by the feature that owns what it is about. */
export interface Revocation {
  readonly kind: string;
  /** Which one; null for all of the kind. */
  readonly subject: string | null;
}

export interface RevocationParts {
  readonly db: Database;
  readonly bus: RevocationBus;
  readonly clock: Clock;
  readonly log: Log;
  /** How often the table is read whatever the bus says. */
  readonly pollMs: number;
}

interface Row extends Revocation {
  readonly id: string;
}

/**
 * What has been revoked, in memory on every process. The answering process applies a revocation
 * when its transaction has committed; the others when the bus tells them, or at the next poll.
 */
export class Revocations {
  readonly #parts: RevocationParts;
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

  /** What the clock brings: rows that matter to nobody go. */
  works(): Work[] {
    return [purgeRevocations(this.#parts.db, this.#parts.clock)];
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
  async record(tx: UnitOfWork, revocation: Revocation): Promise<void> {
    const row = { id: randomUUIDv7(), ...revocation, createdAt: tx.now };
    await tx('revocations').insert(row);
    await this.#parts.bus.announce(tx);
    tx.afterCommit(() => this.#apply(row));
  }

  /** Grows with every revocation: what was read before it grew may be void. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Milliseconds since the database was last read for revocations. */
  get ageMs(): number {
    return performance.now() - this.#lastReadAt;
  }

  /** Asks the database, for who must know exactly. */
  async isRecorded({ kind, subject }: Revocation, since: Date): Promise<boolean> {
    const found = this.#parts.db('revocations').where({ kind, subject });
    return (await found.where('createdAt', '>=', since).first('id')) !== undefined;
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
  }

  #oldest(): Date {
    return secondsAfter(this.#parts.clock.now(), -keepDays * daySeconds);
  }

  #apply({ id, kind, subject }: Row): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#sequence += 1;
    for (const listener of this.#listeners) listener({ kind, subject });
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
