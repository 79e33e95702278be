import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeMigration } from '../../server/cli/migrate-new.ts';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { migrationsIn } from '../../server/platform/db/migrations.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { assertMigrated } from '../../server/start/prepare.ts';
import { recordingLog, testConfig } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';

const names = readdirSync(new URL('../../migrations/', import.meta.url))
  .map((file) => file.replace('.ts', ''))
  .sort();
const [before, last] = names.slice(-2) as [string, string];

const parts = {} as { url: string; drop: () => Promise<void>; db: Database };
beforeAll(async () => {
  const { url, drop } = await createDatabase();
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
  Object.assign(parts, { url, drop, db });
  await db.raw('alter table knex_migrations add column compatible_since text');
});
beforeEach(() => useDatabase(parts.url));
afterEach(() => parts.db('knex_migrations').where({ name: '9999_later' }).delete());
afterAll(async () => {
  await parts.db.destroy();
  await parts.drop();
});

/** As a release after this one leaves it. */
async function newer(compatibleSince: string | null = null): Promise<void> {
  await parts.db('knex_migrations').insert({ name: '9999_later', batch: 99, compatibleSince });
}

async function status() {
  const { out } = await charter(['migrate', 'status', '--json']);
  return JSON.parse(out);
}

describe('migrate status', () => {
  it('lists what has run, and what a newer release made', async () => {
    await newer();
    const { code, out } = await charter(['migrate', 'status']);
    const lines = [...names.map((name) => `applied       ${name}`), 'newer         9999_later'];
    expect([code, out.split('\n')]).toEqual([0, lines]);
    const step = { name: '9999_later', at: null, isKnown: false, isCompatible: true };
    expect(await status()).toMatchObject({ ok: true, pending: [] });
    expect((await status()).steps.at(-1)).toEqual(step);
  });

  it('says which of it this release cannot work on', async () => {
    await newer('9999_later');
    expect((await charter(['migrate', 'status'])).out).toMatch(/^incompatible {2}9999_later$/m);
  });
});

describe('migrate down', () => {
  it('takes the last one back where a person says yes, and up brings it again', async () => {
    const { code, out, questions } = await charter(['migrate', 'down'], { answers: ['yes'] });
    expect([code, out]).toEqual([0, `took back ${last}`]);
    expect(questions).toEqual([`${last} go, with the data in them. Write yes`]);
    expect((await charter(['migrate', 'status'])).out).toContain(`pending       ${last}`);
    expect((await charter(['migrate', 'up'])).out).toBe(`migrated ${last}`);
  });

  it('takes back what came after the one that is named', async () => {
    const { out } = await charter(['migrate', 'down', '--to', before, '--yes', '--json']);
    expect(JSON.parse(out)).toEqual({ ok: true, migrations: [last] });
    const again = await charter(['migrate', 'down', '--to', before, '--yes']);
    expect(again).toMatchObject({ code: 1, err: 'There is nothing to take back.' });
    await charter(['migrate']);
  });

  it('does nothing unless it is meant', async () => {
    const refused = await charter(['migrate', 'down']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('add --yes') });
    const unsure = await charter(['migrate', 'down'], { answers: ['no'] });
    expect(unsure).toMatchObject({ code: 1, err: 'Nothing was done.' });
    expect((await status()).pending).toEqual([]);
  });

  it('refuses what is not there, and what only a newer release can take back', async () => {
    const odd = await charter(['migrate', 'down', '--to', '0001_nothing', '--yes']);
    expect(odd).toMatchObject({ code: 1, err: '0001_nothing has not run here.' });
    await newer();
    const { code, err } = await charter(['migrate', 'down', '--yes']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^Only the newer release.* 9999_later/)]);
    expect((await status()).pending).toEqual([]);
  });

  it('is spelled right, or nothing happens', async () => {
    expect(await charter(['migrate', 'dwon'])).toMatchObject({ code: 2 });
  });
});

describe('migrate new', () => {
  const folder = mkdtempSync(join(tmpdir(), 'charter-migrations-'));
  const url = pathToFileURL(`${folder}/`);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes a migration with the next number, which runs up and down', async () => {
    expect(await writeMigration('orders', url)).toBe(join(folder, '0001_orders.ts'));
    const file = await writeMigration('order_items', url);
    expect(file).toBe(join(folder, '0002_order_items.ts'));
    const made = await migrationsIn(url).getMigration('0002_order_items.ts');
    await made.up(parts.db);
    expect(await parts.db('order_items').columnInfo()).toHaveProperty('createdAt');
    await made.down(parts.db);
    expect(await parts.db.schema.hasTable('order_items')).toBe(false);
  });

  it('lets no two have one number, who come at once', async () => {
    const names = ['one', 'two', 'three'];
    const ends = await Promise.allSettled(names.map((name) => writeMigration(name, url)));
    const refused = ends.filter((end) => end.status === 'rejected');
    for (const { reason } of refused) expect(reason.message).toMatch(/run this again/);
    const numbers = readdirSync(folder).map((file) => file.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toHaveLength(2 + names.length - refused.length);
  });

  it.each(['Orders', 'order-items', '../orders', '0001_orders', 'a'.repeat(61), '', '_a'])(
    'refuses the name %j',
    async (name) => {
      const { code, err } = await charter(['migrate', 'new', name]);
      expect([code, err]).toEqual([1, expect.stringMatching(/lower-case words/)]);
    },
  );

  it('refuses a name that there is, and needs no database', async () => {
    useDatabase('postgres://127.0.0.1:1/nowhere');
    const { code, err } = await charter(['migrate', 'new', last.slice(5)]);
    expect([code, err]).toEqual([1, expect.stringContaining(`There is ${last} already`)]);
  });
});

describe('on the schema of a newer release', () => {
  it('everything works where it is compatible, and is said', async () => {
    await newer(last);
    const up = await charter(['migrate']);
    expect(up).toMatchObject({ code: 0, out: 'A newer release has made 9999_later.' });
    expect((await charter(['doctor'])).out).toMatch(/✓ schema .*compatible: 9999_later/);
    expect(await charter(['user', 'list'])).toMatchObject({ code: 0 });
  });

  it('a process that serves says so in its log', async () => {
    await newer();
    const { log, logs } = recordingLog();
    const platform = openPlatform(testConfig(parts.url), { log });
    await assertMigrated(platform);
    await platform.close();
    const msg = 'the schema is newer than this release, and compatible';
    expect(logs).toMatchObject([{ level: 'warn', msg, migrations: ['9999_later'] }]);
  });

  it('nothing starts where it is not', async () => {
    await newer('9999_later');
    for (const command of [['migrate'], ['user', 'list'], ['keys', 'create']]) {
      const { code, err } = await charter(command);
      expect(code).toBe(1);
      expect(err).toMatch(/newer than this release, which cannot.*9999_later.*migrate down/s);
    }
    const { code, out } = await charter(['doctor']);
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/✗ schema .*not compatible: 9999_later/),
    ]);
  });
});
