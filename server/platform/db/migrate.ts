import { readdir } from 'node:fs/promises';
import type { Knex } from 'knex';

const folder = new URL('../../../migrations/', import.meta.url);

interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

// knex's own loader decides between require and import by package metadata; this one imports.
const source: Knex.MigrationSource<string> = {
  async getMigrations() {
    return (await readdir(folder)).filter((name) => /^\d{4}_.+\.ts$/.test(name)).sort();
  },
  getMigrationName: (name) => name.replace(/\.ts$/, ''),
  getMigration: (name) => import(new URL(name, folder).href) as Promise<Migration>,
};

/** Any fixed number: whoever migrates this database takes the same lock. */
const lockId = 4_220_771;

/**
 * Brings the schema up to date and returns the names of what ran. Two runners at once wait for
 * each other: the lock belongs to the connection, so a killed runner cannot leave it behind (as
 * knex's lock row would). All or nothing.
 *
 * @param db a connection of its own, straight to the server: knex's migrator strips the name
 *   conversion from the client that it is given inside a transaction.
 */
export async function migrateToLatest(db: Knex): Promise<string[]> {
  return db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [lockId]);
    // Whoever waits for a table makes everybody wait who comes after: better to fail and try again.
    await trx.raw("set local lock_timeout = '5s'");
    const [, names] = await trx.migrate.latest({
      migrationSource: source,
      disableTransactions: true,
    });
    return (names as string[]).map((name) => source.getMigrationName(name));
  });
}

/** A migration may take long; waiting for a lock is bounded above. */
export const migrationTimeoutMs = 15 * 60_000;

/**
 * Names of the migrations that the schema still lacks. Looks only: knex's own list makes tables.
 * @throws the database's refusal when the role may not look.
 */
export async function pendingMigrations(db: Knex): Promise<string[]> {
  const schema = await schemaOfMigrations(db);
  const done = new Set<string>(
    schema === undefined ? [] : await db('knex_migrations').withSchema(schema).pluck('name'),
  );
  const names = (await source.getMigrations([])).map((name) => source.getMigrationName(name));
  return names.filter((name) => !done.has(name));
}

/**
 * Asks the catalogue, which everybody may read. The information schema hides a table from a role
 * without rights on it, and name resolution skips a schema: both look as if nothing had run.
 */
async function schemaOfMigrations(db: Knex): Promise<string | undefined> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select n.nspname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relname = 'knex_migrations' and (pg_table_is_visible(c.oid) or n.nspname = any (
       regexp_split_to_array(replace(current_setting('search_path'), '"$user"', current_user), ', *')
     ))
     order by pg_table_is_visible(c.oid) desc`,
  );
  return rows[0]?.name;
}
