import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Caches } from '../../../server/platform/cache/caches.ts';
import type { Redis } from '../../../server/platform/redis/redis.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';
import { TestClock } from '../../kit/clock.ts';
import { eventually } from '../../kit/eventually.ts';
import { openRedis } from '../../kit/redis.ts';
import { type RedisServer, redisVersion, startRedis } from '../../kit/redis-server.ts';

describe.runIf(redisVersion)('a cache that is shared through Redis', () => {
  const world = {} as { server: RedisServer };
  // What is answered does not depend on whether Redis is a little late.
  const impatient = { REDIS_TIMEOUT_MS: '100' };
  const source = { answer: 'old', asked: 0, before: Promise.resolve() };

  beforeAll(async () => {
    world.server = await startRedis();
  });
  afterAll(() => world.server.stop());
  beforeEach(() => {
    world.server.command('FLUSHALL');
    Object.assign(source, { answer: 'old', asked: 0, before: Promise.resolve() });
  });

  /** The same cache on another process: with a memory of its own, and news that come when they come. */
  async function aProcess(more: Record<string, string> = {}) {
    const { redis } = await openRedis({ REDIS_URL: world.server.url, ...more });
    const hears: ((revocation: Revocation) => void)[] = [];
    const revocations = { onRevoked: (hear: (of: Revocation) => void) => void hears.push(hear) };
    const clock = new TestClock();
    const caches = new Caches({ clock, revocations, redis });
    const cache = caches.open<string>({
      ...{ name: 'tea', freshSeconds: 100, capacity: 100, voidedBy: 'tea', shared: z.string() },
      load: async () => {
        source.asked += 1;
        const { answer } = source;
        await source.before;
        return answer;
      },
    });
    const counts = caches.countsOf('tea');
    const hear = (subject: string | null = null) => {
      for (const listener of hears) listener({ kind: 'tea', subject });
    };
    /** What was put there is, before anybody looks. */
    const get = async (key = 'a') => {
      const value = await cache.get(key);
      await redis.ready?.ping().catch(() => {});
      return value;
    };
    return { get, hear, counts, clock, redis };
  }

  const isBack = (redis: Redis) =>
    eventually(async () => {
      await redis.check();
      expect(redis.ready).toBeDefined();
    });

  it('is loaded by one process, and found by the others', async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    expect([await one.get(), await other.get(), await other.get()]).toEqual(['old', 'old', 'old']);
    expect(source.asked).toBe(1);
    expect(other.counts.lookups).toMatchObject({ shared: 1, hit: 1, miss: 0 });
  });

  it('is not fresh for longer because it lay there', async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    await one.get();
    const key = 'charter:cache:{tea}:value:a';
    world.server.command('PEXPIRE', key, '50000');
    await other.get();
    other.clock.advance({ seconds: 51 });
    world.server.command('DEL', key);
    expect([await other.get(), source.asked]).toEqual(['old', 2]);
  });

  it('is void for a process that has heard of a revocation, whatever others knew', async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    await one.get();
    source.answer = 'new';
    other.hear('a');
    expect(await other.get()).toBe('new');
    // A third one, which has heard nothing, finds what the second put there.
    expect(await (await aProcess()).get()).toBe('new');
    expect(source.asked).toBe(2);
  });

  it('takes nothing that was read before a revocation, though it comes after it', async () => {
    const [slow, other, third] = await Promise.all([aProcess(), aProcess(), aProcess()]);
    const { promise, resolve } = Promise.withResolvers<void>();
    source.before = promise;
    const late = slow.get();
    await eventually(() => expect(source.asked).toBe(1));
    Object.assign(source, { answer: 'new', before: Promise.resolve() });
    other.hear();
    expect(await other.get()).toBe('new');
    resolve();
    expect(await late).toBe('old');
    expect(world.server.command('GET', 'charter:cache:{tea}:value:a')).toContain('"old"');
    expect(await third.get()).toBe('new');
  });

  it.each([
    ['no JSON', 'garbage{'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['an object', '{"a":1}'],
    ['of another mark', '{"mark":"x","value":"foreign"}'],
    ['of another shape', '{"mark":"m","value":7}'],
  ])('takes nothing that is %s', async (_, text) => {
    world.server.command('SET', 'charter:cache:{tea}:mark', 'm');
    world.server.command('SET', 'charter:cache:{tea}:value:a', text, 'PX', '60000');
    expect([await (await aProcess()).get(), source.asked]).toEqual(['old', 1]);
  });

  it('takes nothing that has no end, or is no text, and says what it would have taken', async () => {
    const [mark, at] = ['charter:cache:{tea}:mark', 'charter:cache:{tea}:value:'];
    world.server.command('SET', mark, 'm');
    const text = '{"mark":"m","value":"foreign"}';
    world.server.command('SET', `${at}a`, text);
    world.server.command('LPUSH', `${at}b`, text);
    world.server.command('SET', `${at}c`, text, 'PX', '60000');
    const one = await aProcess();
    expect([await one.get('a'), await one.get('b'), await one.get('c')]).toEqual([
      ...['old', 'old', 'foreign'],
    ]);
    expect(one.redis.ready).toBeDefined();
  });

  it('is loaded again after Redis was flushed, and what was void stays so', async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    await one.get();
    world.server.command('FLUSHALL');
    expect([await one.get(), await other.get(), source.asked]).toEqual(['old', 'old', 2]);
  });

  it('comes from the source while Redis hangs, is gone or is full, and from there again', async () => {
    const one = await aProcess(impatient);
    await one.get('known');
    const outages = [
      [() => world.server.pause(), async () => world.server.resume()],
      [() => world.server.kill(), () => world.server.start()],
      [
        () => world.server.command('CONFIG', 'SET', 'maxmemory', '1'),
        async () => void world.server.command('CONFIG', 'SET', 'maxmemory', '0'),
      ],
    ] as const;
    for (const [at, [begin, end]] of outages.entries()) {
      source.asked = 0;
      await begin();
      expect([await one.get('known'), await one.get(`new${at}`)]).toEqual(['old', 'old']);
      expect(source.asked).toBe(1);
      await end();
      await isBack(one.redis);
    }
    const [other, third] = await Promise.all([aProcess(), aProcess()]);
    await other.get('last');
    expect([await third.get('last'), third.counts.lookups.shared]).toEqual(['old', 1]);
  });

  it('hears of a revocation while Redis is away, and is not fooled when it is back', async () => {
    const one = await aProcess(impatient);
    await one.get();
    world.server.pause();
    one.hear('a');
    source.answer = 'new';
    expect(await one.get()).toBe('new');
    world.server.resume();
    await isBack(one.redis);
    one.clock.advance({ seconds: 100 });
    expect(await one.get()).toBe('new');
  });
});
