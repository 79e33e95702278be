import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { refusal } from '../../kit/answers.ts';
import { startApp, type TestApp, useApp } from '../../kit/app.ts';
import { aMember, anAdministrator } from '../../kit/callers.ts';
import { onServer } from '../../kit/cluster.ts';
import { withToken } from '../../kit/credentials.ts';

const app = useApp();
const migrations = new URL('../../../migrations/', import.meta.url);
const healthy = expect.objectContaining({ status: 'healthy', warnings: [] });

describe('health.check', () => {
  it('answers the anonymous the status only', async () => {
    const report = await unwrap(app.client().health.check());
    expect(Object.keys(report).sort()).toEqual(['checkedAt', 'status']);
    expect(report.checkedAt).toBe(app.clock.now().toISOString());
  });

  it('answers members no more than that', async () => {
    const { client } = await aMember(app);
    expect(Object.keys(await unwrap(client.health.check())).sort()).toEqual([
      'checkedAt',
      'status',
    ]);
  });

  it('answers holders of health:read the components', async () => {
    const { client, username: identifier } = await anAdministrator(app);
    const wrong = { identifier, password: 'wrong', delivery: 'tokens' as const };
    expect(await app.client().auth.login({ body: wrong })).toMatchObject({ status: 401 });
    const report = await unwrap(client.health.check());
    expect(report).toMatchObject({
      version: packageJson.version,
      uptimeSeconds: expect.any(Number),
    });
    expect(report.components).toMatchObject({
      database: healthy,
      // A pooler asks for settings that these tests do not make.
      configuration: inject('pooler') ? { status: 'healthy' } : healthy,
      jobs: healthy,
      mail: healthy,
      webhooks: healthy,
      storage: healthy,
    });
    const { poolSize: max } = app.config.database;
    expect(report.components?.database.pool).toMatchObject({ waiting: 0, max });
    expect(report.components?.jobs).toMatchObject({ waiting: 0, dead: 0, oldestWaitingSeconds: 0 });
    for (const part of [
      'database',
      'jobs',
      'mail',
      'webhooks',
      'audit',
      'storage',
      'system',
      'schema',
      'signIns',
    ] as const)
      expect(report.components?.[part].durationMs).toEqual(expect.any(Number));
    expect(report.components?.schema).toMatchObject({
      ...{ status: 'healthy', migratedAt: expect.stringMatching(/Z$/) },
      lastMigration: (await readdir(migrations)).sort().at(-1)?.replace('.ts', ''),
    });
    expect(report.components?.signIns).toMatchObject({
      failing: 1,
      heldBack: 0,
      status: 'healthy',
    });
  });

  it('refuses a bad credential instead of answering less', async () => {
    const answer = await withToken(app, 'bad').health.check();
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
  });
});

describe('health.liveness', () => {
  it('says that the process runs', async () => {
    expect(await unwrap(app.client().health.liveness())).toEqual({ status: 'alive' });
  });
});

describe('health.readiness', () => {
  it('says that the service takes work', async () => {
    expect(await unwrap(app.client().health.readiness())).toEqual({ status: 'ready' });
  });
});

describe('a service that stops', () => {
  let stopping: TestApp;
  afterEach(() => stopping.close());

  it('is alive but not ready, and keeps no connection', async () => {
    stopping = await startApp();
    stopping.drain();
    const answer = await stopping.client().health.readiness();
    expect(answer).toMatchObject(refusal(503, 'service_unavailable'));
    expect(answer.headers.get('connection')).toBe('close');
    expect(await stopping.client().health.liveness()).toMatchObject({ status: 200 });
  });
});

describe('a service without its database', () => {
  let cutOff: TestApp;
  afterEach(async () => {
    // Whoever closes it looks at what it has told.
    await letConnect(true);
    await cutOff.close();
  });

  const nameOf = () => new URL(cutOff.config.database.url).pathname.slice(1);
  const letConnect = (isAllowed: boolean) =>
    onServer(
      inject('database').server,
      `alter database ${nameOf()} allow_connections ${isAllowed}`,
    );

  /** Nobody connects any more, and who is connected is thrown out. */
  async function cutOffDatabase(): Promise<void> {
    await letConnect(false);
    await onServer(
      inject('database').server,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${nameOf()}'`,
    );
  }

  it('is alive, but neither ready nor healthy', async () => {
    cutOff = await startApp();
    await cutOffDatabase();
    const { health } = cutOff.client();
    expect(await health.liveness()).toMatchObject({ status: 200 });
    expect(await health.check()).toMatchObject({ status: 503, body: { status: 'unhealthy' } });
    const readiness = await health.readiness();
    expect(readiness).toMatchObject(refusal(503, 'service_unavailable'));
    expect(readiness.headers.get('retry-after')).toBe('2');
  });
});
