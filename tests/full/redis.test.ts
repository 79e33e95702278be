import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Client, unwrap } from '../../client/index.ts';
import { redisUrl } from '../../server/config/redis.ts';
import { CallLimits } from '../../server/operations/limits.ts';
import { Caches } from '../../server/platform/cache/caches.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { type Node, startNode, untilRefused } from '../kit/node.ts';
import { readRepository } from '../kit/observability-files.ts';
import { type DatabaseProxy, databaseProxy } from '../kit/proxy.ts';
import { openRedis } from '../kit/redis.ts';
import {
  type RedisServer,
  redisVersion,
  startRedis,
  startRedisCluster,
  startRedisWithTls,
} from '../kit/redis-server.ts';
import { selfSigned } from '../kit/self-signed.ts';
import { signUp } from '../kit/sign-up.ts';

// Published bounds, in milliseconds (docs/security.md).
const byBusMs = 1_000;
const byPollMs = 2_500;
const perMinute = 30;

describe.runIf(redisVersion)('two processes with a Redis', () => {
  const parts = {} as {
    server: RedisServer;
    /** What stands between both processes and Redis. */
    way: DatabaseProxy;
    direct: DatabaseProxy;
    drop: () => Promise<void>;
    a: Node;
    b: Node;
  };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const [server, direct] = [await startRedis(), await databaseProxy(url)];
    const way = await databaseProxy(server.url);
    const settings = {
      DATABASE_URL: url,
      DATABASE_DIRECT_URL: direct.url,
      DATABASE_STATEMENT_TIMEOUT_MS: '5000',
      REDIS_URL: way.url,
      // More than the usual: a machine that is busy with other tests is no outage.
      REDIS_TIMEOUT_MS: '1000',
      RATE_LIMIT_CREDENTIALS_PER_MINUTE: String(perMinute),
      TRUST_PROXY: 'loopback',
    };
    const [a, b] = [await startNode(settings), await startNode(settings)];
    Object.assign(parts, { server, way, direct, drop, a, b });
  });

  afterAll(async () => {
    await Promise.all([parts.a.stop(), parts.b.stop()]);
    parts.direct.close();
    parts.way.close();
    await parts.server.stop();
    await parts.drop();
  });

  let addresses = 0;
  /** An address from which nobody has asked yet: one would use up what a minute lets through. */
  function fromElsewhere() {
    addresses += 1;
    return { 'x-forwarded-for': `198.51.100.${addresses}` };
  }

  /** How many of thrice what a process would let through come through, at both in turn. */
  async function letThrough(): Promise<number> {
    const headers = { 'content-type': 'application/json', ...fromElsewhere() };
    let count = 0;
    for (let turn = 0; turn < 3 * perMinute + 10; turn += 1) {
      const { url } = turn % 2 === 0 ? parts.a : parts.b;
      const login = `${url}/api/v1/auth/login`;
      const { status } = await fetch(login, { method: 'POST', headers, body: '{}' });
      expect([422, 429]).toContain(status);
      if (status === 422) count += 1;
    }
    return count;
  }

  async function signedInOnBoth(): Promise<{ onA: Client; onB: Client }> {
    const headers = fromElsewhere();
    const person = await signUp({ client: (token) => parts.a.client(token).with({ headers }) });
    const onB = parts.b.client(person.token);
    await unwrap(onB.me.get());
    return { onA: parts.a.client(person.token), onB };
  }

  /** How long it takes until a sign-out on one process has reached the other. */
  async function signOutMs(): Promise<number> {
    const { onA, onB } = await signedInOnBoth();
    await unwrap(onA.auth.logout());
    return untilRefused(() => onB.me.get());
  }

  /** Reads on both processes all the time, while the work is done. */
  async function underLoad(work: () => Promise<void>): Promise<{ slowestMs: number }> {
    const { onA, onB } = await signedInOnBoth();
    let [isOver, slowestMs] = [false, 0];
    const statuses = new Set<number>();
    const lanes = [onA, onB, onA, onB].map(async (client) => {
      while (!isOver) {
        const startedAt = performance.now();
        statuses.add((await client.me.get()).status);
        slowestMs = Math.max(slowestMs, performance.now() - startedAt);
        // The machine is not for this test alone.
        await pause(5);
      }
    });
    await work().finally(() => {
      isOver = true;
    });
    await Promise.all(lanes);
    expect([...statuses]).toEqual([200]);
    return { slowestMs };
  }

  const shared = () => eventually(async () => expect(await letThrough()).toBe(perMinute));

  it('limits as if it were one', shared);

  it('hears of a revocation through Redis where the database cannot tell', async () => {
    parts.direct.pause();
    expect(await signOutMs()).toBeLessThan(byBusMs);
    parts.direct.resume();
  });

  it.each<[string, () => void | Promise<void>, () => void | Promise<void>]>([
    ['hangs', () => parts.server.pause(), () => parts.server.resume()],
    ['was killed', () => parts.server.kill(), () => parts.server.start()],
    ['is full', () => fill('1'), () => fill('0')],
    ['is unreachable', () => parts.way.cut(), () => parts.way.mend()],
    ['is two seconds late', () => parts.way.delay(2_000), () => parts.way.delay(0)],
    ['ends every connection', endConnections, () => {}],
  ])(
    'goes on while Redis %s: none waits, each limits, revocations travel',
    async (what, begin, end) => {
      const { slowestMs } = await underLoad(async () => {
        await begin();
        const through = await letThrough();
        expect(through).toBeGreaterThanOrEqual(perMinute);
        // By each process, and by Redis as well where it comes back within the minute.
        expect(through).toBeLessThanOrEqual((begin === endConnections ? 3 : 2) * perMinute);
        expect(await signOutMs()).toBeLessThan(byBusMs);
        parts.direct.pause();
        expect(await signOutMs()).toBeLessThan(byPollMs);
        parts.direct.resume();
        await end();
        await shared();
      });
      // Far more than the time limit of two commands; without it, this would be for ever.
      expect(slowestMs, what).toBeLessThan(30_000);
    },
  );

  it('goes on when Redis is emptied again and again', async () => {
    await underLoad(async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        parts.server.command('FLUSHALL');
        parts.server.command('SCRIPT', 'FLUSH');
      }
      expect(await signOutMs()).toBeLessThan(byBusMs);
      await shared();
    });
  });

  function endConnections(): void {
    for (const kind of ['normal', 'pubsub']) parts.server.command('CLIENT', 'KILL', 'TYPE', kind);
  }

  function fill(maxmemory: string): void {
    parts.server.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    parts.server.command('CONFIG', 'SET', 'maxmemory', maxmemory);
  }
});

describe.runIf(redisVersion)('a Redis', () => {
  /** One counter, and news from one process to the other, by way of it. */
  async function assertShared(settings: Record<string, string>): Promise<void> {
    const [one, other] = [await openRedis(settings), await openRedis(settings)];
    expect([one.redis.trouble, other.redis.trouble]).toEqual([undefined, undefined]);
    const heard: string[] = [];
    const onSubscribed = () => one.redis.channels.publish('news', 'now');
    other.redis.channels.subscribe('news', { onMessage: (word) => heard.push(word), onSubscribed });
    await eventually(() => expect(heard).toEqual(['now']));
    expect(await leftOf(one)).toBe(1);
    expect(await leftOf(other)).toBe(0);
    expect([await cached(one, 'of one'), await cached(other, 'of the other')]).toEqual([
      ...['of one', 'of one'],
    ]);
    expect(await one.scrape()).not.toContainEqual(expect.stringContaining('fallback'));
  }

  /** What a cache answers that would load this. */
  async function cached({ redis }: Awaited<ReturnType<typeof openRedis>>, source: string) {
    const revocations = { onRevoked: () => {} };
    const cache = new Caches({ clock: systemClock, revocations, redis }).open({
      ...{ name: 'tea', freshSeconds: 60, capacity: 1, shared: z.string() },
      load: async () => source,
    });
    const value = await cache.get('all');
    // What was put there is, before anybody looks.
    await redis.ready?.ping();
    return value;
  }

  /** What a caller has left of two a minute. */
  async function leftOf({ redis, telemetry }: Awaited<ReturnType<typeof openRedis>>) {
    const perMinute = { address: 2, credentials: 2, write: 2, read: 2 };
    const limits = new CallLimits(perMinute, telemetry.limits, redis);
    await limits.start();
    let left = '';
    const addLimit = (state: string) => {
      left = state;
    };
    await limits.byAddress({ address: '192.0.2.1', actor: undefined, addLimit });
    return Number(/r=(\d+)/.exec(left)?.[1]);
  }

  it('of a cluster is one counter and one channel; one that hung is found again', async () => {
    const server = await startRedisCluster();
    onTestFinished(() => server.stop());
    await assertShared({ REDIS_URL: `${server.url}?cluster=true` });
    // One of its nodes is away.
    server.command('FLUSHALL');
    await assertShared({ REDIS_URL: `redis://127.0.0.1:1,${server.url}` });
    const { redis } = await openRedis({
      REDIS_URL: `${server.url}?cluster=true`,
      REDIS_TIMEOUT_MS: '300',
    });
    server.pause();
    await eventually(() => expect(redis.ready).toBeUndefined());
    server.resume();
    await eventually(() => expect(redis.ready).toBeDefined());
  });

  it('behind TLS is believed by the certificate of its authority only', async () => {
    const certificate = selfSigned('localhost');
    const server = await startRedisWithTls(certificate);
    const folder = await mkdtemp(join(tmpdir(), 'charter-redis-ca-'));
    onTestFinished(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });
    const [right, wrong] = [join(folder, 'right.pem'), join(folder, 'wrong.pem')];
    await writeFile(right, certificate.cert);
    await writeFile(wrong, selfSigned('localhost').cert);
    await assertShared({ REDIS_URL: server.url, REDIS_CA_FILE: right });
    const others: Record<string, string>[] = [{ REDIS_CA_FILE: wrong }, {}];
    for (const settings of others) {
      const { redis } = await openRedis({ REDIS_URL: server.url, ...settings });
      expect(redis.trouble).toMatch(/certificate|signature/);
    }
    const { redis } = await openRedis({
      REDIS_URL: server.url.replace('localhost', '127.0.0.1'),
      REDIS_CA_FILE: right,
    });
    expect(redis.trouble).toMatch(/altnames/);
  });

  it('lets in a user who may do what docs/redis.md lists, and takes the next password', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const rights = /^ACL SETUSER charter (.+)$/m.exec(readRepository('docs/redis.md'))?.[1] ?? '';
    const setUser = (...words: string[]) =>
      expect(server.command('ACL', 'SETUSER', 'charter', ...words)).toBe('OK');
    setUser(...rights.replace('>password', '>one').split(' '));
    server.command('ACL', 'SETUSER', 'default', 'resetpass', '>secret');
    const withPassword = (word: string) => server.url.replace('//', `//charter:${word}@`);
    await assertShared({ REDIS_URL: withPassword('one') });
    const { redis } = await openRedis({ REDIS_URL: withPassword('one') });
    const cli = (...words: string[]) =>
      server.command('--no-auth-warning', '-a', 'secret', ...words);
    cli('ACL', 'SETUSER', 'charter', 'resetpass', '>two');
    cli('CLIENT', 'KILL', 'USER', 'charter');
    await eventually(() => expect(redis.trouble).toMatch(/WRONGPASS/));
    redis.useServers(redisUrl.parse(withPassword('two')));
    await eventually(() => expect(redis.ready).toBeDefined());
    expect(() => redis.useServers(redisUrl.parse('redis://elsewhere'))).toThrow(/restart/);
  });
});
