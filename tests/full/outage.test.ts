import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startApp, type TestApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import {
  askDatabase,
  assertRecovers,
  blockUsers,
  countWaiting,
  unavailable,
} from '../kit/outage.ts';
import { type DatabaseProxy, databaseProxy } from '../kit/proxy.ts';

let app: TestApp;
afterEach(() => app.close());

async function statusOf(name: string): Promise<number> {
  return (await app.request(`/api/v1/health/${name}`)).status;
}

describe('a database', () => {
  async function behindProxy(settings: Record<string, string> = {}) {
    const holder: { proxy?: DatabaseProxy } = {};
    app = await startApp(settings, {
      route: async (url) => {
        holder.proxy = await databaseProxy(url);
        return holder.proxy.url;
      },
    });
    const { proxy } = holder;
    if (!proxy) throw new Error('The app was started without its proxy');
    onTestFinished(() => proxy.close());
    return proxy;
  }

  it('that crashes makes the service unready; when it is back, the service is, too', async () => {
    const proxy = await behindProxy();
    await eventually(async () => expect(await statusOf('readiness')).toBe(200));
    proxy.cut();
    expect(await askDatabase(app)).toMatchObject(unavailable);
    await eventually(async () => expect(await statusOf('readiness')).toBe(503));
    expect(await statusOf('liveness')).toBe(200);
    proxy.mend();
    await eventually(async () => expect(await statusOf('readiness')).toBe(200));
    await assertRecovers(app);
  });

  it('that hangs is not waited for without end', async () => {
    const proxy = await behindProxy({ DATABASE_STATEMENT_TIMEOUT_MS: '500' });
    await assertRecovers(app);
    proxy.pause();
    expect(await askDatabase(app)).toMatchObject(unavailable);
    await eventually(async () => expect(await statusOf('readiness')).toBe(503));
    expect(await statusOf('liveness')).toBe(200);
    proxy.resume();
    await eventually(async () => expect(await statusOf('readiness')).toBe(200));
    await assertRecovers(app);
  });

  it('that goes away in the middle of a request refuses that one only', async () => {
    const proxy = await behindProxy();
    const unblock = await blockUsers(app);
    const broken = askDatabase(app);
    await eventually(async () => expect(await countWaiting(app)).toBe(1));
    proxy.cut();
    expect(await broken).toMatchObject(unavailable);
    proxy.mend();
    await unblock();
    await assertRecovers(app);
  });

  it('that is away is told of by the metrics, and how many were refused at once', async () => {
    const proxy = await behindProxy();
    const reading = async (name: string) => {
      const line = (await app.scrape()).find((each) => each.startsWith(`charter_database_${name}`));
      return Number(line?.split(' ').at(-1));
    };
    expect([await reading('away'), await reading('outages_total')]).toEqual([0, 0]);
    proxy.cut();
    await eventually(async () => {
      expect(await askDatabase(app)).toMatchObject(unavailable);
      expect([await reading('away'), await reading('outages_total')]).toEqual([1, 1]);
      expect(await reading('refused_total')).toBeGreaterThan(0);
    });
    proxy.mend();
    await eventually(async () => expect(await reading('away')).toBe(0));
    expect(await reading('outages_total')).toBe(1);
    await assertRecovers(app);
  });

  it('that is away leaves a 503 in the health report', async () => {
    const proxy = await behindProxy();
    proxy.cut();
    const answer = await app.request('/api/v1/health');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'unhealthy' });
  });
});
