import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Database } from '../../../server/platform/db/connect.ts';
import { migrateToLatest, takeBack } from '../../../server/platform/db/migrate.ts';
import type { Migration, Migrations } from '../../../server/platform/db/migrations.ts';
import { readSchemaState } from '../../../server/platform/db/schema-state.ts';
import { createEmptyDatabase } from '../../kit/database.ts';

const parts = {} as { url: string; drop: () => Promise<void>; db: Database };
beforeAll(async () => {
  const { url, drop } = await createEmptyDatabase();
  Object.assign(parts, { url, drop, db: connectTo(url) });
});
beforeEach(async () => {
  await parts.db.raw('drop schema public cascade; create schema public');
});
afterAll(async () => {
  await parts.db.destroy();
  await parts.drop();
});

const connectTo = (url: string) => connect({ url, poolSize: 2, statementTimeoutMs: 60_000 });

/** As an operator's command: with a connection of its own. */
async function onConnection<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = connectTo(parts.url);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const makes = (table: string, compatibleSince?: string): Migration => ({
  up: (knex) => knex.schema.createTable(table, (made) => void made.integer('id')),
  down: (knex) => knex.schema.dropTable(table),
  ...(compatibleSince !== undefined && { compatibleSince }),
});
const widensBooks: Migration = {
  up: (knex) => knex.schema.alterTable('books', (table) => void table.integer('pages')),
  down: (knex) => knex.schema.alterTable('books', (table) => void table.dropColumn('pages')),
};

const all = {
  '0001_books': makes('books'),
  '0002_authors': makes('authors'),
  '0003_shelves': makes('shelves'),
  '0004_no_authors': makes('loans', '0002_authors'),
};

/** A release knows the first few migrations. */
function release(count: number, migrations: Record<string, Migration> = all): Migrations {
  const names = Object.keys(migrations).slice(0, count);
  return {
    getMigrations: async () => names,
    getMigrationName: (name) => name.replace('.ts', ''),
    getMigration: async (name) => migrations[name.replace('.ts', '')] as Migration,
    names: async () => names,
  };
}

const stateIn = (count: number) => onConnection((db) => readSchemaState(db, release(count)));
const migrateTo = (migrations: Migrations) =>
  onConnection((db) => migrateToLatest(db, { migrations }));

describe('an older release', () => {
  it('knows what a newer one made, and runs nothing', async () => {
    await migrateTo(release(3));
    const newer = { name: '0003_shelves', isKnown: false, isCompatible: true };
    expect(await stateIn(2)).toMatchObject({ newer: [newer], pending: [] });
    expect(await migrateTo(release(2))).toEqual([]);
    expect(await stateIn(3)).toMatchObject({ newer: [], pending: [] });
  });

  it('learns whether it is too old, once a migration says so', async () => {
    await migrateTo(release(4));
    const isCompatible = async (count: number) =>
      (await stateIn(count)).newer.map((step) => step.isCompatible);
    expect(await isCompatible(3)).toEqual([true]);
    expect(await isCompatible(2)).toEqual([true, true]);
    expect(await isCompatible(1)).toEqual([true, true, false]);
    await onConnection((db) => takeBack(db, ['0004_no_authors'], { migrations: release(4) }));
    expect(await isCompatible(1)).toEqual([true, true]);
  });
});

describe('taking back', () => {
  it('ends where it was before', async () => {
    await migrateTo(release(3));
    const names = ['0003_shelves', '0002_authors'];
    await onConnection((db) => takeBack(db, names, { migrations: release(3) }));
    expect(await stateIn(3)).toMatchObject({ pending: ['0002_authors', '0003_shelves'] });
    expect(await migrateTo(release(3))).toEqual(['0002_authors', '0003_shelves']);
  });

  it('takes nothing back when another runner was there meanwhile', async () => {
    await migrateTo(release(3));
    const names = ['0002_authors', '0001_books'];
    const late = onConnection((db) => takeBack(db, names, { migrations: release(3) }));
    await expect(late).rejects.toThrow('0002_authors is not the last migration any more.');
    expect((await stateIn(3)).pending).toEqual([]);
  });
});

describe('a table in use', () => {
  const { '0001_books': books, '0002_authors': authors } = all;
  const widening = release(3, {
    '0001_books': books,
    '0002_authors': authors,
    '0003_p': widensBooks,
  });
  const soon = { migrations: widening, lockTimeoutMs: 20, pauseMs: 0 };

  /** Somebody reads in a transaction that stays open. */
  async function reading(work: (end: () => Promise<void>) => Promise<void>): Promise<void> {
    await migrateTo(release(1));
    const trx = await parts.db.transaction();
    await trx('books').select();
    await work(async () => {
      await trx.commit();
    });
    if (!trx.isCompleted()) await trx.rollback();
  }

  it('is waited for, while everybody else goes on', () =>
    reading(async (end) => {
      const said: string[] = [];
      const onBusy = async (message: string) => {
        said.push(message);
        // Behind a runner that still waited, this would wait, too.
        expect(await parts.db('books').select()).toEqual([]);
        if (said.length === 2) await end();
      };
      const names = await onConnection((db) => migrateToLatest(db, { ...soon, onBusy }));
      expect(names).toEqual(['0002_authors', '0003_p']);
      expect(said[1]).toBe('A table is in use: try 3 of 30 follows.');
    }));

  it('stays as it was when it does not come free', () =>
    reading(async () => {
      const vain = onConnection((db) => migrateToLatest(db, { ...soon, tries: 2 }));
      await expect(vain).rejects.toMatchObject({ code: '55P03' });
      expect(await stateIn(1)).toMatchObject({ newer: [], pending: [] });
    }));
});

it("a lock that a killed runner left in knex's table heals", async () => {
  await migrateTo(release(1));
  await parts.db.raw('update knex_migrations_lock set is_locked = 1');
  expect(await migrateTo(release(2))).toEqual(['0002_authors']);
});
