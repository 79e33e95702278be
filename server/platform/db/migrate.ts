import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { type Migrations, ownMigrations } from './migrations.ts';

export interface MigrateOptions {
  readonly migrations?: Migrations;
  /** How long one statement waits for a table that is in use, and how long everybody else then has. */
  readonly lockTimeoutMs?: number;
  readonly pauseMs?: number;
  readonly tries?: number;
  /** Told before each pause. */
  readonly onBusy?: (message: string) => void | Promise<void>;
}

/** A migration may take long; waiting for a lock is bounded below. */
export const migrationTimeoutMs = 15 * 60_000;

/** Any fixed number: whoever migrates this database takes the same lock. */
const lockId = 4_220_771;

/**
 * Brings the schema up to date and returns the names of what ran. What a newer release made is left
 * alone.
 *
 * @param db a connection of its own, straight to the server: knex's migrator strips the name
 *   conversion from the client that it is given inside a transaction.
 */
export function migrateToLatest(db: Knex, options: MigrateOptions = {}): Promise<string[]> {
  return alone(db, options, async (trx, config) => {
    const [, names] = (await trx.migrate.latest(config)) as [number, string[]];
    await noteCompatibility(trx, config.migrationSource, names);
    return names;
  });
}

/**
 * Takes migrations back, the last one first.
 * @throws when they are not (or no longer) the last ones.
 */
export function takeBack(db: Knex, names: readonly string[], options: MigrateOptions = {}) {
  return alone(db, options, async (trx, config) => {
    for (const name of names) {
      const { rows } = await trx.raw('select name from knex_migrations order by id desc limit 1');
      if (rows[0]?.name !== name) throw new Error(`${name} is not the last migration any more.`);
      await trx.migrate.down({ ...config, name });
    }
  });
}

type Config = ReturnType<typeof configFor>;

function configFor(migrationSource: Migrations) {
  return { migrationSource, disableTransactions: true, disableMigrationsListValidation: true };
}

/**
 * Two runners at once wait for each other: the lock belongs to the transaction, so a killed runner
 * cannot leave it behind. All or nothing. Whoever waits for a table makes everybody wait who comes
 * after, so a runner soon gives up everything that it holds, and tries again.
 */
async function alone<Result>(
  db: Knex,
  { migrations = ownMigrations, ...options }: MigrateOptions,
  work: (trx: Knex.Transaction, config: Config) => Promise<Result>,
): Promise<Result> {
  const { lockTimeoutMs = 1_000, pauseMs = 3_000, tries = 30, onBusy } = options;
  const config = configFor(migrations);
  const attempt = () =>
    db.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [lockId]);
      await trx.raw("select set_config('lock_timeout', ?, true)", [String(lockTimeoutMs)]);
      // knex's own lock is a row, which a killed runner may have left behind: ours decides.
      await trx.migrate.forceFreeMigrationsLock(config);
      return work(trx, config);
    });
  for (let number = 1; number < tries; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await onBusy?.(`A table is in use: try ${number + 1} of ${tries} follows.`);
      await pause(pauseMs);
    }
  }
  return attempt();
}

/** A lock that did not come in time, or that would never have come. */
function isBusy(error: unknown): boolean {
  return ['55P03', '40P01'].includes((error as { code?: string }).code ?? '');
}

/** Beside the row of a migration: an older release reads it there, as it does not have the file. */
async function noteCompatibility(trx: Knex, migrations: Migrations, names: readonly string[]) {
  for (const name of names) {
    const { compatibleSince } = await migrations.getMigration(`${name}.ts`);
    if (compatibleSince === undefined) continue;
    await trx.raw('alter table knex_migrations add column if not exists compatible_since text');
    const row = [compatibleSince, name];
    await trx.raw('update knex_migrations set compatible_since = ? where name = ?', row);
  }
}
