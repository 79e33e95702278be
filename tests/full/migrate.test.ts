import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { readSchemaState } from '../../server/platform/db/schema-state.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase, createEmptyDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';

const parts = {} as { url: string; drop: () => Promise<void>; db: Database };
beforeAll(async () => {
  const { url, drop } = await createDatabase();
  Object.assign(parts, {
    url,
    drop,
    db: connect({ url, poolSize: 2, statementTimeoutMs: 60_000 }),
  });
});
afterAll(async () => {
  endProcesses();
  await parts.db.destroy();
  await parts.drop();
});

const command = (url: string, ...args: string[]) =>
  startProcess(testEnvironment(url), undefined, ['server/cli/main.ts', ...args]);

describe('a runner that is killed', () => {
  it('leaves nothing half-done, and the next one does all of it', async () => {
    const { url, db } = parts;
    useDatabase(url);
    const { out } = await charter(['migrate', 'down', '--to', '0025_impersonation', '--yes']);
    const taken = out.split('\n').map((line) => line.replace('took back ', ''));
    const pending = taken.reverse();
    expect(pending.length).toBeGreaterThan(1);

    // A table that is altered late is in use: the runner has done a part, and waits.
    const reader = await db.transaction();
    await reader('user_identities').select();
    const killed = command(url, 'migrate');
    await eventually(async () => {
      const { rows } = await db.raw(
        `select pid from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and query like 'alter table "user_identities"%'`,
      );
      expect(rows).toHaveLength(1);
    });
    killed.child.kill('SIGKILL');
    await killed.end;
    expect((await readSchemaState(db)).pending).toEqual(pending);
    await reader.commit();

    const next = command(url, 'migrate', '--json');
    expect(await next.end).toBe(0);
    expect(JSON.parse(next.output())).toEqual({ ok: true, migrations: pending, newer: [] });
  });
});

it('of two runners at once, one does all of it and the other nothing', async () => {
  const { url, drop } = await createEmptyDatabase();
  const runners = [1, 2].map(() => command(url, 'migrate', '--json'));
  const ended = runners.map(async (each) => ({ code: await each.end, said: each.output() }));
  expect((await Promise.all(ended)).filter(({ code }) => code !== 0)).toEqual([]);
  const ran = runners.map((each) => JSON.parse(each.output()).migrations as string[]);
  expect(ran.filter(({ length }) => length > 0)).toHaveLength(1);
  await drop();
});

describe('a service in production on the schema of a newer release', () => {
  const production = () => ({
    ...testEnvironment(parts.url),
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://api.example.com',
  });
  const leave = (compatibleSince: string | null) =>
    parts.db('knex_migrations').insert({ name: '9999_later', batch: 99, compatibleSince });

  it('serves where it is compatible, and says so', async () => {
    await parts.db.raw('alter table knex_migrations add column compatible_since text');
    await leave(null);
    const running = startProcess(production());
    await running.listening();
    expect(running.output()).toMatch(/9999_later.*the schema is newer than this release/);
    running.child.kill('SIGTERM');
    expect(await running.end).toBe(0);
  });

  it('refuses where it is not, and says what to do', async () => {
    await parts.db('knex_migrations').where({ name: '9999_later' }).delete();
    await leave('9999_later');
    const running = startProcess(production());
    expect(await running.end).toBe(1);
    expect(running.output()).toMatch(/cannot work on it\.\n {2}Why: .*9999_later\n {2}What to do:/);
  });
});
