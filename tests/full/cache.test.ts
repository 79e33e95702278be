import { expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { startNode } from '../kit/node.ts';
import { freePort } from '../kit/port.ts';
import { redisVersion, startRedis } from '../kit/redis-server.ts';
import { makeAdministrator, signUp } from '../kit/sign-up.ts';

/** What a cache was good for at least, on a machine that may be slow: ten seconds, less a tenth. */
const leastFreshMs = 9_000;

it.runIf(redisVersion)(
  'a stampede on two processes is one load on each at most, also when Redis dies',
  async () => {
    const { url, drop } = await createDatabase();
    const server = await startRedis();
    const aProcess = async () => {
      const port = await freePort();
      const settings = { DATABASE_URL: url, REDIS_URL: server.url, METRICS_PORT: String(port) };
      const node = await startNode(settings);
      const loads = async () => {
        const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
        const line =
          /^charter_cache_loads_total\{cache="user_statistics",outcome="loaded"\} (\d+)$/m;
        return Number(line.exec(metrics)?.[1] ?? 0);
      };
      return { node, loads };
    };
    const [a, b] = [await aProcess(), await aProcess()];
    onTestFinished(async () => {
      await Promise.all([a.node.stop(), b.node.stop()]);
      await server.stop();
      await drop();
    });
    const { id, token } = await signUp(a.node);
    await makeAdministrator(url, id);
    const clients = [a, b].map(({ node }) => node.client(token));
    for (const isThere of [true, false]) {
      if (!isThere) await server.kill();
      const before = [await a.loads(), await b.loads()];
      const startedAt = performance.now();
      const hundred = clients.flatMap(({ users }) =>
        Array.from({ length: 50 }, () => users.statistics()),
      );
      const answers = await Promise.all(hundred);
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
      const most = 1 + Math.floor((performance.now() - startedAt) / leastFreshMs);
      const after = [await a.loads(), await b.loads()];
      for (const [at, count] of after.entries()) {
        expect(count - (before[at] ?? 0)).toBeLessThanOrEqual(most);
      }
      expect((after[0] ?? 0) + (after[1] ?? 0)).toBeGreaterThan(0);
    }
  },
  240_000,
);
