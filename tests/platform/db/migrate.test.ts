import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connect, type Database } from '../../../server/platform/db/connect.ts';
import { migrateToLatest as migrateOn } from '../../../server/platform/db/migrate.ts';
import { ownMigrations } from '../../../server/platform/db/migrations.ts';
import { readSchemaState } from '../../../server/platform/db/schema-state.ts';
import { createEmptyDatabase } from '../../kit/database.ts';

const folder = new URL('../../../migrations/', import.meta.url);
const files = readdirSync(folder).sort();
const names = files.map((file) => file.replace('.ts', ''));

/** On a connection of its own, as an operator's command has. */
async function onConnection<Result>(url: string, work: (db: Database) => Promise<Result>) {
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const migrateToLatest = (url: string) => onConnection(url, (db) => migrateOn(db));
const pendingMigrations = (url: string) =>
  onConnection(url, async (db) => (await readSchemaState(db)).pending);

async function onEmpty(work: (url: string, db: Database) => Promise<void>): Promise<void> {
  const { url, drop } = await createEmptyDatabase();
  const db = connect({ url, poolSize: 2, statementTimeoutMs: 5_000 });
  try {
    await work(url, db);
  } finally {
    await db.destroy();
    await drop();
  }
}

const withoutKnex = (lines: string[]) => lines.filter((line) => !line.includes('knex_'));

/** Everything that a migration can make, as PostgreSQL tells it. */
async function schemaOf(db: Database): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { line: string }[] }>(`
    select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) as line
    from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
    order by line`);
  return rows.map(({ line }) => line);
}

describe('migrations', () => {
  it('are numbered without a gap; those of a service made from this one begin at 1000', () => {
    const numbers = names.map((name) => Number(name.split('_')[0]));
    const [ours, theirs] = [numbers.filter((n) => n < 1000), numbers.filter((n) => n >= 1000)];
    expect(ours).toEqual(ours.map((_, index) => index + 1));
    expect(theirs).toEqual(theirs.map((_, index) => index + 1000));
  });

  it('bring an empty database up to date in their order, once', () =>
    onEmpty(async (url) => {
      expect(await pendingMigrations(url)).toEqual(names);
      expect(await migrateToLatest(url)).toEqual(names);
      expect(await migrateToLatest(url)).toEqual([]);
      expect(await pendingMigrations(url)).toEqual([]);
    }));

  it('run once, however many run them at the same time', () =>
    onEmpty(async (url) => {
      const ran = await Promise.all([1, 2, 3].map(() => migrateToLatest(url)));
      expect(ran.filter(({ length }) => length > 0)).toEqual([names]);
    }));

  it('leave nothing behind when one of them fails', () =>
    onEmpty(async (url, db) => {
      // The last migration cannot make a table that is there already.
      await db.raw('create table signing_keys (id int)');
      await expect(migrateToLatest(url)).rejects.toThrow('already exists');
      expect(await schemaOf(db)).toEqual(['signing_keys id integer YES']);
      await db.raw('drop table signing_keys');
      expect(await migrateToLatest(url)).toEqual(names);
    }));

  it('can be undone to nothing, and done again to the same', () =>
    onEmpty(async (url, db) => {
      await migrateToLatest(url);
      const before = await schemaOf(db);
      await undoAll(url);
      expect(withoutKnex(await schemaOf(db))).toEqual([]);
      await migrateToLatest(url);
      expect(await schemaOf(db)).toEqual(before);
    }));

  it('name releases that they are compatible with by migrations up to themselves', async () => {
    for (const name of names) {
      const { compatibleSince = name } = await ownMigrations.getMigration(`${name}.ts`);
      expect(names.slice(0, names.indexOf(name) + 1)).toContain(compatibleSince);
    }
  });

  it('are looked at without changing anything', () =>
    onEmpty(async (url, db) => {
      expect(await pendingMigrations(url)).toEqual(names);
      expect(await schemaOf(db)).toEqual([]);
    }));
});

async function undoAll(url: string): Promise<void> {
  // A client without the conversion of names: migrations are written in SQL's own.
  const { default: knex } = await import('knex');
  const db = knex({ client: 'pg', connection: url });
  for (const file of [...files].reverse()) {
    const { down } = (await import(new URL(file, folder).href)) as {
      down: (db: Database) => Promise<void>;
    };
    await down(db);
  }
  await db('knex_migrations').delete();
  await db.destroy();
}
