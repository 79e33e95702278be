import { describe, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { connect } from '../../../server/platform/db/connect.ts';
import { createTelemetry } from '../../../server/platform/observability/telemetry.ts';
import { refusal } from '../../kit/answers.ts';
import { recordingLog, useApp } from '../../kit/app.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { scrape } from '../../kit/scrape.ts';

const app = useApp({ RATE_LIMIT_CREDENTIALS_PER_MINUTE: '1' });

/** What the series with these labels is at; undefined where there is none. */
async function readingOf(
  name: string,
  labels: Record<string, string> = {},
  read: () => Promise<string[]> = () => app.scrape(),
) {
  const parts = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const isIt = (line: string) =>
    /^[^{ ]+/.exec(line)?.[0] === name && parts.every((part) => line.includes(part));
  const line = (await read()).find(isIt);
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

/** A pool of two, and what is read of it. */
async function aPool(acquireTimeoutMs: number) {
  const { log } = recordingLog();
  const telemetry = createTelemetry({ sampleRatio: 0, log });
  const { url } = app.config.database;
  const sizes = { poolSize: 2, statementTimeoutMs: 60_000, connectTimeoutMs: 60_000 };
  const db = connect({ url, ...sizes, acquireTimeoutMs, metrics: telemetry.pool });
  onTestFinished(async () => {
    await db.destroy();
    await telemetry.close();
  });
  const read = (name: string) =>
    readingOf(`db_client_${name}`, { db_client_connection_pool_name: 'primary' }, () =>
      scrape(telemetry.metricsServer),
    );
  return { db, read };
}

it.each([
  ['charter_limits_refused_total', { limit: 'write' }],
  ['charter_second_factors_total', { kind: 'totp', outcome: 'refused' }],
  ['charter_sign_ins_total', { method: 'password', outcome: 'held_back' }],
])('%s begins with 0, so that an alert sees the first', async (name, labels) => {
  expect(await readingOf(name, labels)).toBe(0);
});

describe('the metrics of the pool', () => {
  it('know how many connections are in use, how many may be, and who waits', async () => {
    const { db, read } = await aPool(60_000);
    const [one, other] = [await db.transaction(), await db.transaction()];
    expect(await read('connections')).toBe(2);
    expect(await read('connection_max')).toBe(2);
    expect(await read('connection_wait_time_seconds_count')).toBe(2);
    const late = db.transaction();
    expect(await read('connection_pending_requests')).toBe(1);
    await one.rollback();
    await (await late).rollback();
    await other.rollback();
    expect(await read('connection_pending_requests')).toBe(0);
    expect(await read('connection_wait_time_seconds_count')).toBe(3);
    await eventually(async () => expect(await read('connections')).toBe(0));
  });

  it('count who waited in vain', async () => {
    const { db, read } = await aPool(50);
    // On a busy machine it may take longer than that to open a connection, too.
    const taken = () => eventually(() => db.transaction());
    const held = [await taken(), await taken()];
    const before = (await read('connection_timeouts_total')) ?? 0;
    await expect(db.transaction()).rejects.toMatchObject({ name: 'KnexTimeoutError' });
    expect(await read('connection_timeouts_total')).toBe(before + 1);
    for (const trx of held) await trx.rollback();
  });
});

describe('the metrics of the process', () => {
  it('know how busy the event loop is, and how long it keeps things waiting', async () => {
    await eventually(async () => {
      const share = await readingOf('nodejs_eventloop_utilization_ratio');
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
    });
    await eventually(async () => {
      expect(await readingOf('nodejs_eventloop_delay_p99_seconds')).toBeGreaterThan(0);
    });
  });

  it('know what memory and processors are used for', async () => {
    const resident = await readingOf('process_memory_usage_bytes');
    expect(resident).toBeGreaterThan(10_000_000);
    expect(await readingOf('v8js_memory_heap_used_bytes')).toBeLessThan(resident ?? 0);
    expect(await readingOf('v8js_memory_heap_limit_bytes')).toBeGreaterThan(0);
    expect(await readingOf('process_cpu_time_seconds_total', { cpu_mode: 'user' })).toBeGreaterThan(
      0,
    );
    expect(await readingOf('process_uptime_seconds')).toBeGreaterThan(0);
  });

  it('count collections of garbage', async () => {
    const litter: unknown[] = [];
    await eventually(async () => {
      for (let at = 0; at < 200_000; at++) litter[at % 1_000] = { at };
      expect(await readingOf('v8js_gc_duration_seconds_count')).toBeGreaterThan(0);
    });
  });
});

describe('the metrics of what protects the service', () => {
  it('count what a limit has refused, under its name', async () => {
    const ask = () => app.client().auth.revoke({ body: { token: 'nobody' } });
    await ask();
    expect(await ask()).toMatchObject(refusal(429, 'rate_limited'));
    expect(await readingOf('charter_limits_refused_total', { limit: 'credentials' })).toBe(1);
  });

  it('count lookups in caches by what came of them', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const { users } = app.client(sending(headers));
    await unwrap(users.statistics());
    await unwrap(users.statistics());
    const lookups = (outcome: string) =>
      readingOf('charter_cache_lookups_total', { cache: 'user_statistics', outcome });
    expect([await lookups('miss'), await lookups('hit')]).toEqual([1, 1]);
    const loaded = { cache: 'user_statistics', outcome: 'loaded' };
    expect(await readingOf('charter_cache_loads_total', loaded)).toBe(1);
  });

  it('know for how long it was not read what others have revoked', async () => {
    expect(await readingOf('charter_revocations_age_seconds')).toBeGreaterThanOrEqual(0);
  });
});
