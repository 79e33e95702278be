import { afterEach, describe, expect, it } from 'vitest';
import { service } from '../../contract/service.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import {
  askDatabase,
  assertRecovers,
  blockUsers,
  countWaiting,
  unavailable,
} from '../kit/outage.ts';

let app: TestApp;
afterEach(() => app.close());

async function backends(action = 'count(*)'): Promise<number> {
  const { rows } = await app.db.raw<{ rows: { count: string }[] }>(
    `select ${action} from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name = '${service.name}'`,
  );
  return Number(rows[0]?.count);
}

const narrow = { DATABASE_POOL_SIZE: '1', DATABASE_POOL_TIMEOUT_MS: '2000' };

describe('the pool', () => {
  it('that is exhausted refuses within its limit, and liveness does not notice', async () => {
    app = await startApp({ ...narrow, DATABASE_READ_CONNECTIONS: '0' });
    const unblock = await blockUsers(app);
    const holder = askDatabase(app);
    await eventually(async () => expect(await countWaiting(app)).toBe(1));
    const [second, liveness] = [askDatabase(app), await app.request('/api/v1/health/liveness')];
    expect(liveness.status).toBe(200);
    expect(await second).toMatchObject({ ...unavailable, retryAfter: '2' });
    await unblock();
    expect(await holder).toMatchObject({ status: 401 });
    await assertRecovers(app);
  });

  it('takes over from a shared connection that is held up', async () => {
    app = await startApp({ ...narrow, DATABASE_READ_CONNECTIONS: '1' });
    const unblock = await blockUsers(app);
    const held: ReturnType<typeof askDatabase>[] = [];
    // One waits on the shared connection, some behind it, and at last one in the pool.
    await eventually(async () => {
      held.push(askDatabase(app));
      expect(await countWaiting(app)).toBe(2);
    });
    expect(await askDatabase(app)).toMatchObject(unavailable);
    await unblock();
    const answers = await Promise.all(held);
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThan(1);
    await assertRecovers(app);
  });

  it('whose idle connections are ended goes on with new ones', async () => {
    app = await startApp();
    await assertRecovers(app);
    await backends('count(pg_terminate_backend(pid))');
    await eventually(async () => expect(await backends()).toBe(0));
    await assertRecovers(app);
  });

  it('whose connection is ended in the middle of a request refuses that one only', async () => {
    app = await startApp();
    const unblock = await blockUsers(app);
    const broken = askDatabase(app);
    await eventually(async () => expect(await countWaiting(app)).toBe(1));
    await app.db.raw('select pg_terminate_backend(pid) from pg_locks where not granted');
    expect(await broken).toMatchObject(unavailable);
    await unblock();
    await assertRecovers(app);
  });
});

describe('a statement', () => {
  it('that takes too long is refused, and its connection is good again', async () => {
    app = await startApp({ DATABASE_STATEMENT_TIMEOUT_MS: '100', DATABASE_POOL_SIZE: '1' });
    const unblock = await blockUsers(app);
    expect(await askDatabase(app)).toMatchObject({ ...unavailable, retryAfter: '2' });
    await unblock();
    await assertRecovers(app);
  });
});
