import * as z from 'zod';
import { type Actor, systemActor } from '../auth/actor.ts';
import type { Change } from '../change.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { inTransaction, type UnitOfWork } from '../db/transaction.ts';
import { job, type Work, works } from '../jobs/job.ts';
import { SealedByOtherKey, type SecretKeys } from './secret-keys.ts';

/** A column that a feature keeps sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** What names a row; `id` when left out. */
  readonly idColumn?: string;
  /** What the value is bound to, as it was when it was sealed. */
  readonly about: (id: string) => string;
}

export interface Resealed {
  readonly table: string;
  readonly column: string;
  readonly resealed: number;
  /** Sealed by a secret that is not in the ring: they stay as they are. */
  readonly unopened: number;
}

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly secretKeys: SecretKeys;
  readonly change: Change;
}

interface Run {
  readonly signal?: AbortSignal;
  readonly onProgress?: (sofar: Resealed) => void;
}

/** So few that whoever needs one of these rows waits for a moment only. */
const batchSize = 25;

const resealAll = job('secrets.reseal', z.object({}), { timeoutSeconds: 3_600, safety: true });

/**
 * Seals with the first secret of the ring what an older one has sealed: afterwards nothing needs the
 * older one. It can be broken off and begun again; what is done is not done twice.
 */
export class Resealing {
  readonly #parts: Parts;
  #columns: readonly SealedColumn[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  introduce(columns: readonly SealedColumn[]): void {
    this.#columns = columns;
  }

  works(): Work[] {
    const actor = systemActor('secrets.reseal');
    return [works(resealAll, async ({ signal }) => void (await this.run(actor, { signal })))];
  }

  /** Leaves it to a worker. */
  async later(actor: Actor): Promise<void> {
    await this.#parts.change(actor, (tx) => tx.enqueue(resealAll, {}));
  }

  async run(actor: Actor, run: Run = {}): Promise<Resealed[]> {
    const done: Resealed[] = [];
    for (const column of this.#columns) done.push(await this.#reseal(column, run));
    const changed = done.filter(({ resealed }) => resealed > 0);
    await this.#parts.change(actor, (tx) =>
      tx.audit({ changed: changed.map(({ table, column }) => `${table}.${column}`) }),
    );
    return done;
  }

  async #reseal(sealed: SealedColumn, { signal, onProgress }: Run): Promise<Resealed> {
    const { db, clock } = this.#parts;
    let sofar: Resealed = { table: sealed.table, column: sealed.column, resealed: 0, unopened: 0 };
    for (let after: string | undefined; ; ) {
      signal?.throwIfAborted();
      const last = after;
      const batch = await inTransaction(db, clock, (tx) => this.#batch(tx, sealed, last));
      if (batch.after === undefined) return sofar;
      after = batch.after;
      sofar = {
        ...sofar,
        resealed: sofar.resealed + batch.resealed,
        unopened: sofar.unopened + batch.unopened,
      };
      onProgress?.(sofar);
    }
  }

  /** Locked in the order of their ids, while they are sealed anew. */
  async #batch(tx: UnitOfWork, sealed: SealedColumn, after: string | undefined) {
    const { table, column, idColumn: id = 'id', about } = sealed;
    const { prefix } = this.#parts.secretKeys;
    const query = tx(table)
      .select({ id, value: column })
      .whereNotNull(column)
      .whereRaw('left(??, ?) <> ?', [column, prefix.length, prefix]);
    if (after !== undefined) query.where(id, '>', after);
    const rows: { id: string; value: string }[] = await query
      .orderBy(id)
      .limit(batchSize)
      .forUpdate();
    let unopened = 0;
    for (const row of rows) {
      const value = this.#sealAnew(row.value, about(row.id));
      if (value === undefined) unopened += 1;
      else
        await tx(table)
          .where(id, row.id)
          .update({ [column]: value });
    }
    return { after: rows.at(-1)?.id, resealed: rows.length - unopened, unopened };
  }

  #sealAnew(value: string, about: string): string | undefined {
    const { secretKeys } = this.#parts;
    try {
      return secretKeys.seal(secretKeys.open(value, about), about);
    } catch (error) {
      if (error instanceof SealedByOtherKey) return undefined;
      throw error;
    }
  }
}
