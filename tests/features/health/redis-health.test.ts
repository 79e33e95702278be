import { describe, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { startApp } from '../../kit/app.ts';
import { eventually } from '../../kit/eventually.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { redisVersion, startRedis } from '../../kit/redis-server.ts';

describe.runIf(redisVersion)('a service with Redis', () => {
  it('is degraded while Redis is away, and ready all the time', async () => {
    const server = await startRedis();
    const app = await startApp({ REDIS_URL: server.url });
    onTestFinished(async () => {
      await app.close();
      await server.stop();
    });
    const { health } = await aHolderOf(app, 'health:read');
    const report = async () => {
      const { status, components } = await unwrap(health.check());
      return { status, redis: components?.redis };
    };
    expect(await report()).toMatchObject({ redis: { status: 'healthy', warnings: [] } });
    // Asking for it was counted there.
    expect(server.command('KEYS', 'charter:limit:*')).toMatch(/limit:address:127\.0\.0\.1/);
    await server.kill();
    await eventually(async () => {
      const away = {
        status: 'degraded',
        warnings: [expect.stringMatching(/Redis does not answer/)],
      };
      expect(await report()).toMatchObject({ status: 'degraded', redis: away });
    });
    expect((await app.request('/api/v1/health/readiness')).status).toBe(200);
    await eventually(async () => expect(await app.scrape()).toContain('charter_redis_up 0'));
    await server.start();
    await eventually(async () =>
      expect(await report()).toMatchObject({ redis: { status: 'healthy' } }),
    );
  });
});
