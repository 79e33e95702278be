import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallLimits, type CountedCall } from '../../server/operations/limits.ts';
import { eventually } from '../kit/eventually.ts';
import { openRedis } from '../kit/redis.ts';
import { type RedisServer, redisVersion, startRedis } from '../kit/redis-server.ts';

const perMinute = { address: 3, credentials: 3, write: 3, read: 3 };

/** The limits of one process of several. */
async function aProcess(settings: Record<string, string>) {
  const opened = await openRedis(settings);
  const limits = new CallLimits(perMinute, opened.telemetry.limits, opened.redis);
  await limits.start();
  /** What the caller at this address is told to have left, or that it has none. */
  const ask = async (address: string): Promise<number | 'refused'> => {
    let left = Number.NaN;
    const addLimit = (state: string) => {
      left = Number(/r=(\d+)/.exec(state)?.[1]);
    };
    const call = { address, actor: undefined, addLimit } as CountedCall;
    const isRefused = await limits.byAddress(call).then(
      () => false,
      () => true,
    );
    return isRefused ? 'refused' : left;
  };
  return { ...opened, ask };
}

type Process = Awaited<ReturnType<typeof aProcess>>;

describe.runIf(redisVersion)('limits of several processes', () => {
  const shared = {} as { server: RedisServer; settings: Record<string, string> };
  beforeAll(async () => {
    const server = await startRedis();
    Object.assign(shared, { server, settings: { REDIS_URL: server.url } });
  });
  afterAll(() => shared.server.stop());

  let callers = 0;
  /** Each finds out by itself that Redis is back. */
  async function assertOne(one: Process, other: Process): Promise<void> {
    await eventually(async () => {
      callers += 1;
      const caller = `198.51.100.${callers}`;
      expect([await one.ask(caller), await other.ask(caller)]).toEqual([2, 1]);
    });
  }

  it('are one counter', async () => {
    const [one, other] = [await aProcess(shared.settings), await aProcess(shared.settings)];
    expect([await one.ask('192.0.2.1'), await other.ask('192.0.2.1')]).toEqual([2, 1]);
    expect([await one.ask('192.0.2.1'), await other.ask('192.0.2.1')]).toEqual([0, 'refused']);
    expect(await other.ask('192.0.2.2')).toBe(2);
    const left = Number(shared.server.command('PTTL', 'charter:limit:address:192.0.2.1'));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('go on in each process while Redis is away, where they were, and are one again', async () => {
    const one = await aProcess(shared.settings);
    const caller = '192.0.2.3';
    for (const left of [2, 1, 0, 'refused']) expect(await one.ask(caller)).toBe(left);
    await shared.server.kill();
    await eventually(() => expect(one.redis.ready).toBeUndefined());
    expect(await one.ask(caller)).toBe('refused');
    expect(await one.ask('192.0.2.4')).toBe(2);
    await eventually(async () =>
      expect(await one.scrape()).toContain('charter_limits_fallback_total{limit="address"} 2'),
    );
    await shared.server.start();
    // What it held has gone with it, and so have its scripts.
    await assertOne(one, await aProcess(shared.settings));
    // None where it was back before anybody tried to connect again.
    expect(one.said(/is away/)).toBeLessThanOrEqual(1);
  });

  it('begin anew when somebody empties Redis', async () => {
    const one = await aProcess(shared.settings);
    for (const left of [2, 1, 0, 'refused']) expect(await one.ask('192.0.2.5')).toBe(left);
    shared.server.command('FLUSHALL');
    shared.server.command('SCRIPT', 'FLUSH');
    for (const left of [2, 1, 0, 'refused']) expect(await one.ask('192.0.2.5')).toBe(left);
    expect(one.said(/is away/)).toBe(0);
  });

  it('go on where Redis is full, and takes no writes', async () => {
    const one = await aProcess(shared.settings);
    const other = await aProcess(shared.settings);
    shared.server.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    shared.server.command('CONFIG', 'SET', 'maxmemory', '1');
    for (const left of [2, 1, 0, 'refused']) expect(await one.ask('192.0.2.6')).toBe(left);
    await eventually(() => expect(one.said(/is away/)).toBe(1));
    shared.server.command('CONFIG', 'SET', 'maxmemory', '0');
    await assertOne(one, other);
    expect(one.said(/is back/)).toBe(1);
  });
});
