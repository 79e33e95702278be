import { afterEach, describe, expect, inject, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { service } from '../../../contract/service.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, type TestApp } from '../../kit/app.ts';
import { aMember, newPerson } from '../../kit/callers.ts';
import { onServer } from '../../kit/cluster.ts';
import { eventually } from '../../kit/eventually.ts';

let app: TestApp;
afterEach(() => app.close());

const nameOf = ({ config }: TestApp) => new URL(config.database.url).pathname.slice(1);

/** As a failover leaves it: whoever connects from now on is refused every write. */
async function makeReadOnly(): Promise<void> {
  const { server } = inject('database');
  const name = nameOf(app);
  await onServer(server, `alter database ${name} set default_transaction_read_only = on`);
  await onServer(
    server,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
}

/** Connections that are open stay as they are: only new ones may write again. */
async function makeWritable(): Promise<void> {
  const { server } = inject('database');
  await onServer(server, `alter database ${nameOf(app)} reset default_transaction_read_only`);
}

/**
 * The connections of the service that have learnt their settings, by process and instant of start.
 * One that is still being made has started, too, and may learn of the next settings.
 */
async function settled(): Promise<string[]> {
  const { rows } = await onServer(
    inject('database').server,
    `select pid || ' ' || backend_start as datname from pg_stat_activity
     where datname = '${nameOf(app)}' and application_name = '${service.name}'
     and state in ('idle', 'active', 'idle in transaction')`,
  );
  return rows.map(({ datname }) => datname);
}

describe('a database that has become read-only', () => {
  it('refuses what writes for the moment, and is not ready; then the service recovers alone', async () => {
    app = await startApp({ DATABASE_POOL_SIZE: '1' });
    const { client } = await aMember(app);
    const register = () => app.client().auth.register({ body: newPerson() });
    await makeReadOnly();
    await eventually(async () => {
      expect(await app.client().health.readiness()).toMatchObject({
        status: 503,
        problem: { code: 'service_unavailable', detail: 'The database takes no writes.' },
      });
    });
    const refused = await register();
    expect(refused).toMatchObject(refusal(503, 'service_unavailable'));
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await app.client().health.liveness()).toMatchObject({ status: 200 });
    // What reads is served, by connections that are read-only as well.
    const readOnly = await eventually(async () => {
      expect(await client.me.get()).toMatchObject({ status: 200 });
      const open = await settled();
      expect(open).not.toEqual([]);
      return open;
    });
    await makeWritable();
    await eventually(async () => expect(await register()).toMatchObject({ status: 201 }));
    await eventually(async () => {
      expect(await unwrap(app.client().health.readiness())).toEqual({ status: 'ready' });
    });
    await eventually(async () => {
      const open = await settled();
      expect(readOnly.filter((one) => open.includes(one))).toEqual([]);
    });
  });
});
