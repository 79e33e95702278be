import type { Database } from '../../platform/db/connect.ts';
import { inTransaction, type UnitOfWork } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { canonicalEntries, format, leavesOf, nothing, sealHash, sha256 } from './canonical.ts';
import { settledPlace } from './horizon.ts';
import { AuditSeal } from './model.ts';

type Parts = Pick<Platform, 'db' | 'clock' | 'log' | 'events'>;

/** So many entries at most in a seal: it is read whole, and names them all. */
const sealSize = 1_000;
/** Any fixed number: whoever seals takes the same lock, so that two go on from different seals. */
const lockId = 4_220_772;

/** Chains what was written, so that nobody changes it unseen (docs/audit.md). */
export class Seals {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Seals what nothing can come before any more; whoever still writes is not kept waiting. */
  async seal(signal?: AbortSignal, patience?: number): Promise<void> {
    const { db, clock, log, events } = this.#parts;
    const settled = await settledPlace(db, patience);
    if (settled === undefined) return;
    while (!signal?.aborted) {
      const sealed = await inTransaction(db, clock, (tx) => sealNext(tx, settled, events));
      if (!sealed) return;
      // Whoever keeps the log elsewhere has there what the database can be held to.
      const { number, count, hash } = sealed;
      log.info({ seal: number, entries: count, hash: hash.toString('hex') }, 'audit sealed');
    }
  }

  /** For how long the oldest entry has waited for its seal; 0 where none waits. */
  async lagSeconds(): Promise<number> {
    const { db, clock } = this.#parts;
    const [oldest] = await unsealed(db, await lastSeal(db))
      .orderBy('place')
      .limit(1)
      .select('at');
    return oldest ? Math.max(0, (clock.now().getTime() - oldest.at.getTime()) / 1_000) : 0;
  }
}

export async function lastSeal(db: Database): Promise<AuditSeal | undefined> {
  return AuditSeal.query(db).orderBy('number', 'desc').first();
}

export function unsealed(db: Database, last: AuditSeal | undefined) {
  return db('audit_entries').where('place', '>', last?.throughPlace ?? '0');
}

async function sealNext(
  tx: UnitOfWork,
  settled: string,
  events: Parts['events'],
): Promise<AuditSeal | undefined> {
  await tx.raw('select pg_advisory_xact_lock(?)', [lockId]);
  const previous = await lastSeal(tx);
  const behind = canonicalEntries(tx).where('place', '>', previous?.throughPlace ?? '0');
  const entries = await behind.where('place', '<=', settled).limit(sealSize);
  const last = entries.at(-1);
  if (!last) return undefined;
  const leaves = leavesOf(entries);
  const content = {
    number: (previous?.number ?? 0) + 1,
    format,
    sealedAt: tx.now,
    throughPlace: last.place,
    count: entries.length,
    leavesHash: sha256(leaves),
    previousHash: previous?.hash ?? nothing,
  };
  const row = { ...content, leaves, hash: sealHash(content) };
  await AuditSeal.query(tx).insert(row);
  const { number: seal, hash } = row;
  const data = { throughEntryId: last.id, seal, hash: hash.toString('hex') };
  await events.publish(tx, { name: 'audit.sealed', data });
  return AuditSeal.fromDatabaseJson(row);
}
