import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';
import { aMember } from '../kit/callers.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { query } from '../kit/embedded.ts';

const sql = new URL('../../deploy/postgresql/partitions.sql', import.meta.url);

// Named by TEST_DATABASE_URL: an older server cannot have them.
let isOld = false;
beforeEach(({ skip }) => skip(isOld, 'partitions.sql asks for PostgreSQL 17'));

// A service is divided while it has entries of before.
const app = useApp(
  {},
  {
    route: async (url) => {
      useDatabase(url);
      await charter(['role', 'create', 'before', '--permission', 'users:read']);
      const [server] = await query(url, 'show server_version_num');
      isOld = Number(server?.server_version_num) < 170_000;
      if (!isOld) await query(url, await readFile(sql, 'utf8'));
      return url;
    },
  },
);

const partsOf = async (table: string) => {
  const { rows } = await app.db.raw(
    `select distinct tableoid::regclass::text as part from ${table} order by 1`,
  );
  return rows.map(({ part }: { part: string }) => part);
};

it('the service works on tables that are divided by month, and the audit verifies', async () => {
  const { client } = await aMember(app);
  await unwrap(client.me.update({ body: { fullName: 'Ada King' } }));
  const { items } = await unwrap(client.me.listActivity());
  expect(items.map(({ operation }) => operation)).toContain('meUpdate');
  expect(await partsOf('audit_entries')).toEqual(['audit_entries_before']);
  // What was there before and what came later have places of their own.
  const places = await app.db('audit_entries').pluck('place');
  expect(places.length).toBeGreaterThan(1);
  expect(new Set(places).size).toBe(places.length);
  await app.runScheduled('audit.seal');
  useDatabase(app.config.database.url);
  const { code, out } = await charter(['audit', 'verify', '--json']);
  expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true }]);
});

it('nothing can be deleted from the audit, nor changed', async () => {
  await expect(app.db('audit_entries').delete()).rejects.toThrow('append-only');
  await expect(app.db('audit_entries').update({ reason: 'x' })).rejects.toThrow('append-only');
});

it('a month is made before it begins, and goes as a whole', async () => {
  const made = "select add_month('events', '2031-03-01')";
  await app.db.raw(made);
  const row = `insert into events (id, name, version, data, occurred_at)
    values (id_from(?::timestamptz), 'x', 1, '{}', ?)`;
  const inMarch = '2031-03-15T00:00:00Z';
  await app.db.raw(row, [inMarch, inMarch]);
  expect(await partsOf('events')).toContain('events_2031_03');
  await app.db.raw('drop table events_2031_03');
  expect(await partsOf('events')).toEqual(['events_before']);
});
