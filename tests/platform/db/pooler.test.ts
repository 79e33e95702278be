import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RoleGrant } from '../../../server/features/roles/model.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { openDatabases } from '../../../server/platform/db/databases.ts';
import { statement } from '../../../server/platform/db/statements/statement.ts';
import { OutageMetrics } from '../../../server/platform/observability/outage-metrics.ts';
import { PoolMetrics } from '../../../server/platform/observability/pool-metrics.ts';
import { testConfig } from '../../kit/app.ts';
import { createDatabase } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';
import { type FakePoolerOptions, fakePooler } from '../../kit/fake-pooler.ts';

const anyGrant = statement('pooler.anyGrant', () => RoleGrant.query().limit(1));

let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** The databases of a service that goes this way, and what its log was told. */
function open(url: string, settings: Record<string, string> = {}) {
  const told: string[] = [];
  const log = { warn: (text: string) => void told.push(text) };
  const { database: config } = testConfig(url, { DATABASE_POOL_SIZE: '3', ...settings });
  const telemetry = { pool: new PoolMetrics(), outages: new OutageMetrics() };
  const databases = openDatabases(config, { telemetry, log: log as never });
  onTestFinished(() => databases.close());
  return { databases, told };
}

async function behind(options?: FakePoolerOptions, settings?: Record<string, string>) {
  const pooler = await fakePooler(database.url, options);
  onTestFinished(() => pooler.close());
  const direct = { DATABASE_DIRECT_URL: database.url };
  return { pooler, ...open(pooler.url, { ...direct, ...settings }) };
}

/** Whether a statement of ours stays prepared on the connection that executes it. */
function prepares(db: Database): Promise<boolean> {
  return db.transaction(async (trx) => {
    await anyGrant.all(trx);
    const { rows } = await trx.raw<{ rows: unknown[] }>(
      "select 1 from pg_prepared_statements where name like 'pooler.anyGrant:%'",
    );
    return rows.length > 0;
  });
}

const timeoutOf = async (db: Database) => {
  const { rows } = await db.raw<{ rows: { timeout: string }[] }>(
    "select current_setting('statement_timeout') as timeout",
  );
  return rows[0]?.timeout;
};

async function connections(db: Database): Promise<number> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    "select 1 from pg_stat_activity where datname = current_database() and application_name = 'charter'",
  );
  return rows.length;
}

describe('straight to PostgreSQL', () => {
  it('statements are prepared and bounded, and nobody is warned', async () => {
    const { databases, told } = open(database.url, { DATABASE_STATEMENT_TIMEOUT_MS: '7000' });
    expect(await prepares(databases.pooled)).toBe(true);
    expect(await timeoutOf(databases.pooled)).toBe('7s');
    expect(await databases.direct(prepares)).toBe(true);
    expect([...told, ...databases.warnings()]).toEqual([]);
  });

  it('reads share a connection once the pool has found nothing in between', async () => {
    const { databases } = open(database.url, { DATABASE_READ_CONNECTIONS: '1' });
    await anyGrant.all(databases.pooled);
    expect(await connections(databases.pooled)).toBe(1);
    await anyGrant.all(databases.pooled);
    expect(await connections(databases.pooled)).toBe(2);
  });
});

describe('behind a pooler', () => {
  it('nothing is prepared, and the log says once what to set', async () => {
    const { databases, told } = await behind();
    const { pooled } = databases;
    expect(await Promise.all([1, 2, 3].map(() => prepares(pooled)))).toEqual([false, false, false]);
    expect(told).toEqual([expect.stringMatching(/^DATABASE_NAMED_STATEMENTS is not set/)]);
    expect(databases.warnings()).toEqual(told);
  });

  it('nobody is warned of what was set', async () => {
    const { databases, told } = await behind({}, { DATABASE_NAMED_STATEMENTS: 'false' });
    expect(await prepares(databases.pooled)).toBe(false);
    expect(told).toEqual([]);
  });

  it('that hands names on, nothing is prepared, whatever was set', async () => {
    const { databases, told } = await behind({}, { DATABASE_NAMED_STATEMENTS: 'true' });
    expect(await prepares(databases.pooled)).toBe(false);
    expect(told).toEqual([expect.stringMatching(/^DATABASE_NAMED_STATEMENTS is not followed/)]);
  });

  it('that keeps statements apart, they are prepared where that was set', async () => {
    const settings = { DATABASE_NAMED_STATEMENTS: 'true' };
    const { databases, told } = await behind({ renames: true }, settings);
    expect(await prepares(databases.pooled)).toBe(true);
    expect(told).toEqual([]);
  });

  it('that refuses our parameter, the service connects without it, and says who bounds statements', async () => {
    const { databases, told } = await behind({ isStrict: true });
    expect(await timeoutOf(databases.pooled)).toBe('0');
    expect(told).toEqual([
      expect.stringMatching(/^DATABASE_NAMED_STATEMENTS is not set/),
      expect.stringMatching(/alter role … set statement_timeout = 60000/),
    ]);
  });

  it('that comes while the service runs, nothing new is prepared', async () => {
    const { pooler, databases, told } = await behind({}, { DATABASE_POOL_SIZE: '1' });
    pooler.isThere = false;
    expect(await prepares(databases.pooled)).toBe(true);
    pooler.isThere = true;
    const { rows } = await databases.pooled.raw('select pg_backend_pid() as pid');
    await databases.direct((db) => db.raw('select pg_terminate_backend(?)', [rows[0].pid]));
    await eventually(async () => expect(await prepares(databases.pooled)).toBe(false));
    expect(told).toHaveLength(1);
  });

  it('nothing leads past it unless somebody says how', async () => {
    const pooler = await fakePooler(database.url);
    onTestFinished(() => pooler.close());
    const alone = open(pooler.url);
    await alone.databases.direct((db) => db.raw('select 1'));
    expect(alone.told[0]).toMatch(/^DATABASE_DIRECT_URL is not set/);
    const astray = open(database.url, { DATABASE_DIRECT_URL: pooler.url });
    await astray.databases.direct((db) => db.raw('select 1'));
    expect(astray.told).toEqual([expect.stringMatching(/^DATABASE_DIRECT_URL leads to a pooler/)]);
  });
});
