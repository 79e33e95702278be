import { afterEach, describe, expect, it } from 'vitest';
import { Breaker } from '../../../server/platform/db/breaker.ts';
import { connect } from '../../../server/platform/db/connect.ts';
import { OutageMetrics } from '../../../server/platform/observability/outage-metrics.ts';
import { recordingLog } from '../../kit/app.ts';
import { eventually } from '../../kit/eventually.ts';
import { silentDatabase } from '../../kit/fake-database.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A breaker whose probes end as the test says, one after the other. */
function aBreaker() {
  const probes: PromiseWithResolvers<void>[] = [];
  const { log, logs } = recordingLog();
  const breaker = new Breaker({
    probe: () => {
      const probe = Promise.withResolvers<void>();
      probes.push(probe);
      return probe.promise;
    },
    log,
    metrics: new OutageMetrics(),
  });
  closing.push(() => breaker.close());
  const fail = (times: number, reason?: unknown) => {
    for (let time = 0; time < times; time += 1) breaker.failed(reason);
  };
  const said = () => logs.map(({ msg }) => msg);
  return { breaker, probes, fail, said };
}

const timeout = new Error('timeout expired');
const away = 'the database is away: what needs it is refused at once';

/** Three failures, and a probe that fails as well. */
async function anOutage() {
  const parts = aBreaker();
  parts.fail(3);
  parts.probes[0]?.reject(timeout);
  await eventually(() => expect(parts.breaker.isOpen).toBe(true));
  return parts;
}

describe('the breaker', () => {
  it('asks after three failures in a row, once, and lets everybody through until it knows', () => {
    const { breaker, probes, fail } = aBreaker();
    fail(2);
    breaker.answered();
    fail(2);
    expect(probes).toHaveLength(0);
    fail(5);
    expect(probes).toHaveLength(1);
    expect(() => breaker.assertThere()).not.toThrow();
  });

  it('refuses at once when the probe fails, tells who waits, and says so once', async () => {
    const { breaker, probes, fail, said } = aBreaker();
    let told = 0;
    breaker.onOpen(() => {
      told += 1;
    });
    fail(3);
    probes[0]?.reject(timeout);
    await eventually(() => expect(breaker.isOpen).toBe(true));
    expect(() => breaker.assertThere()).toThrow('The database is away');
    fail(10);
    expect({ told, said: said() }).toEqual({ told: 1, said: [away] });
  });

  it('asks again, one at a time, until there is an answer', async () => {
    const { breaker, probes, said } = await anOutage();
    await eventually(() => expect(probes).toHaveLength(2));
    probes[1]?.reject(timeout);
    await eventually(() => expect(probes).toHaveLength(3));
    probes[2]?.resolve();
    await eventually(() => expect(breaker.isOpen).toBe(false));
    expect(said()).toEqual([away, 'the database is back']);
    expect(() => breaker.assertThere()).not.toThrow();
  });

  it('stays closed where a server answers: a lock, or no room for one more', async () => {
    const { breaker, probes, fail } = aBreaker();
    fail(10, Object.assign(new Error('too many connections'), { code: '53300' }));
    expect(probes).toHaveLength(0);
    fail(3);
    probes[0]?.reject(Object.assign(new Error('too many connections'), { code: '53300' }));
    fail(2);
    await eventually(() => expect(breaker.isOpen).toBe(false));
  });

  it('takes a server that starts or stops for one that is away', async () => {
    const { breaker, probes, fail } = aBreaker();
    fail(3, Object.assign(new Error('the system is starting up'), { code: '57P03' }));
    probes[0]?.reject(Object.assign(new Error('the system is starting up'), { code: '57P03' }));
    await eventually(() => expect(breaker.isOpen).toBe(true));
  });

  it('believes an answer to somebody else more than its probe, before and during an outage', async () => {
    const { breaker, probes, fail } = aBreaker();
    fail(3);
    breaker.answered();
    probes[0]?.reject(timeout);
    await Promise.resolve();
    expect(breaker.isOpen).toBe(false);
    const { breaker: other } = await anOutage();
    other.answered();
    expect(other.isOpen).toBe(false);
  });
});

it('whoever waits for a connection is told when the database turns out to be away', async () => {
  const { log, logs } = recordingLog();
  const metrics = new OutageMetrics();
  const db = connect({
    url: `${await silentDatabase()}/nothing`,
    poolSize: 3,
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 100,
    acquireTimeoutMs: 60_000,
    outages: { log, metrics },
  });
  closing.push(() => db.destroy());
  const asked = Array.from({ length: 20 }, () => db.raw('select 1').catch((error: Error) => error));
  const names = (await Promise.all(asked)).map(({ name }) => name);
  // Without the breaker they would try one after the other, three at a time.
  expect(names).toContain('DatabaseAway');
  await expect(db.raw('select 1')).rejects.toMatchObject({ name: 'DatabaseAway' });
  expect(logs.filter(({ msg }) => msg === away)).toHaveLength(1);
});
