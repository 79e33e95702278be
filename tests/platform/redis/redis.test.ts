import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { eventually } from '../../kit/eventually.ts';
import { openRedis } from '../../kit/redis.ts';
import { type RedisServer, redisVersion, startRedis } from '../../kit/redis-server.ts';

it('is not there without its address', () => {
  expect(readConfig({}, { DATABASE_URL: 'postgres://x', SECRET_KEYS: 'x'.repeat(32) }).redis).toBe(
    undefined,
  );
});

describe.runIf(redisVersion)('a Redis', () => {
  const shared = {} as { server: RedisServer };
  beforeAll(async () => {
    shared.server = await startRedis();
  });
  afterAll(() => shared.server.stop());

  it('is up once it was asked, with a prefix before what is kept there', async () => {
    const { redis } = await openRedis({ REDIS_URL: shared.server.url, REDIS_KEY_PREFIX: 'mine:' });
    expect(redis.trouble).toBeUndefined();
    await redis.ready?.set(`${redis.keyPrefix}one`, '1');
    expect(shared.server.command('KEYS', 'mine:*').split('\n').sort()).toEqual([
      'mine:one',
      'mine:probe',
    ]);
  });

  it('brings what one process says to the others', async () => {
    const settings = { REDIS_URL: shared.server.url };
    const [one, other] = [await openRedis(settings), await openRedis(settings)];
    const heard: string[] = [];
    let subscribed = 0;
    other.redis.channels.subscribe('news', {
      onMessage: (message) => heard.push(message),
      onSubscribed: () => {
        subscribed += 1;
      },
    });
    await eventually(() => expect(subscribed).toBe(1));
    one.redis.channels.publish('news', 'something');
    await eventually(() => expect(heard).toEqual(['something']));
    // Another channel on the connection that is there.
    const onSubscribed = () => one.redis.channels.publish('later', 'more');
    const onMessage = (message: string) => heard.push(message);
    other.redis.channels.subscribe('later', { onMessage, onSubscribed });
    await eventually(() => expect(heard).toEqual(['something', 'more']));
    expect(subscribed).toBe(1);
  });

  it('is done without while it is away, and used again, with a line for each', async () => {
    const { redis, said, scrape } = await openRedis({ REDIS_URL: shared.server.url });
    redis.noteFailure(new Error('not in time'));
    expect(await scrape()).toContainEqual(
      expect.stringMatching(/^charter_redis_failures_total(\{.*\})? 1$/),
    );
    await eventually(() => expect(redis.ready).toBeDefined());
    let subscribed = 0;
    redis.channels.subscribe('news', {
      onMessage: () => {},
      onSubscribed: () => {
        subscribed += 1;
      },
    });
    await eventually(() => expect(subscribed).toBe(1));
    await shared.server.kill();
    await eventually(() => expect(redis.ready).toBeUndefined());
    await redis.check();
    expect(said(/is away/)).toBe(1);
    await shared.server.start();
    await eventually(() => expect(redis.ready).toBeDefined());
    await eventually(() => expect(subscribed).toBe(2));
    expect([said(/is away/), said(/is back/)]).toEqual([1, 1]);
  });

  it('that is away at the start is found when it comes', async () => {
    await shared.server.kill();
    const { redis, said } = await openRedis({ REDIS_URL: shared.server.url });
    expect(redis.trouble).toMatch(/ECONNREFUSED/);
    await shared.server.start();
    await eventually(() => expect(redis.ready).toBeDefined());
    expect([said(/is away/), said(/is back/)]).toEqual([1, 1]);
  });
});
