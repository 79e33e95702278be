import * as z from 'zod';
import { type Actor, systemActor } from '../auth/actor.ts';
import type { Change } from '../change.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { inTransaction, type UnitOfWork } from '../db/transaction.ts';
import { type Job, job, type Work, works } from '../jobs/job.ts';
import { placeOfColumn, placeOfJob, type SealedColumn, type SealedPlace } from './sealed-values.ts';
import { SealedByOtherKey, type SecretKeys } from './secret-keys.ts';

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
  #places: readonly SealedPlace[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is sealed: columns of features, and data of those of the jobs that say so. */
  introduce(columns: readonly SealedColumn[], jobs: readonly Job<unknown>[]): void {
    const inJobs = jobs.flatMap((each) => placeOfJob(each) ?? []);
    this.#places = [...columns.map(placeOfColumn), ...inJobs];
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
    for (const place of this.#places) done.push(await this.#reseal(place, run));
    const changed = done.filter(({ resealed }) => resealed > 0);
    await this.#parts.change(actor, (tx) =>
      tx.audit({ changed: changed.map(({ table, column }) => `${table}.${column}`) }),
    );
    return done;
  }

  async #reseal(place: SealedPlace, { signal, onProgress }: Run): Promise<Resealed> {
    const { db, clock } = this.#parts;
    let sofar: Resealed = { table: place.table, column: place.column, resealed: 0, unopened: 0 };
    for (let after: string | undefined; ; ) {
      signal?.throwIfAborted();
      const last = after;
      const batch = await inTransaction(db, clock, (tx) => this.#batch(tx, place, last));
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

  async #batch(tx: UnitOfWork, place: SealedPlace, after: string | undefined) {
    const { prefix } = this.#parts.secretKeys;
    const values = await place.read(tx, { prefix, after, limit: batchSize });
    let unopened = 0;
    for (const { id, value, about } of values) {
      const anew = this.#sealAnew(value, about);
      if (anew === undefined) unopened += 1;
      else await place.write(tx, id, anew);
    }
    return { after: values.at(-1)?.id, resealed: values.length - unopened, unopened };
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
