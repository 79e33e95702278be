import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { hasChanged } from '../../server/platform/audit/own-changes.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { statementTexts } from '../../server/platform/db/statements/statement.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { aHolderOf } from '../kit/holder.ts';
import { installedPostgres } from '../kit/installed-postgres.ts';
import { pgbouncerVersion, startPgbouncer } from '../kit/pgbouncer.ts';
import { databaseProxy } from '../kit/proxy.ts';
import { quickSession } from '../kit/quick-session.ts';
import { aReader, readsOf, useReplicated } from '../kit/replicated.ts';

const database = useReplicated();
/** Two processes of one service. */
let here: TestApp;
let there: TestApp;

const manages = ['users:read', 'users:manage', 'audit:read'] as const;
// Nothing is so late here unless a test wants it: machines are busy.
const settings = { REPLICA_LAG_SECONDS: '120', DATABASE_STATEMENT_TIMEOUT_MS: '30000' };

// Debian and others have it as a package: `apt-get install postgresql`.
describe.runIf(installedPostgres)('a read that may be late', () => {
  beforeAll(async () => {
    here = await database.start(settings);
    there = await database.start(settings);
    await eventually(() => expect(here.platform.databases.replica?.trouble).toBeUndefined());
    await eventually(() => expect(there.platform.databases.replica?.trouble).toBeUndefined());
  });
  afterEach(() => database.replica.catchUp());

  const create = async (client: Client) => {
    const { username } = await unwrap(client.users.create({ body: newPerson() }));
    return username;
  };
  const isListed = async (client: Client, search: string) =>
    (await unwrap(client.users.list({ search }))).items.length === 1;

  it('is answered by the replica', async () => {
    const [reader] = await aReader([here], ...manages);
    const before = await readsOf(here);
    await unwrap(reader.users.list());
    await unwrap(reader.audit.list());
    await unwrap(reader.me.listActivity());
    await unwrap(reader.users.statistics());
    expect(await readsOf(here)).toEqual({ ...before, replica: (before.replica ?? 0) + 4 });
  });

  it('has what the caller changed, on any process; others may not see it yet', async () => {
    const [writer, writerThere] = await aReader([here, there], ...manages);
    const [other, otherThere] = await aReader([here, there], ...manages);
    await database.replica.catchUp();
    await database.replica.holdBack();
    const username = await create(writer);
    for (const own of [writer, writerThere]) expect(await isListed(own, username)).toBe(true);
    for (const foreign of [other, otherThere])
      expect(await isListed(foreign, username)).toBe(false);
    expect(await readsOf(there)).toMatchObject({ own_change: expect.any(Number) });
  });

  it('is answered by the replica again, long enough after a change', async () => {
    const [writer] = await aReader([here], ...manages);
    await database.replica.catchUp();
    await database.replica.holdBack();
    const username = await create(writer);
    expect(await isListed(writer, username)).toBe(true);
    // Longer than a change may have taken by the settings of a test, which is patient.
    here.clock.advance({ minutes: 4 });
    expect(await isListed(writer, username)).toBe(false);
    await database.replica.catchUp();
    expect(await isListed(writer, username)).toBe(true);
  });

  it('is answered by the replica over GraphQL as well', async () => {
    const { headers } = await quickSession(here, { permissions: [...manages] });
    const { replica = 0 } = await readsOf(here);
    const ask = graphqlOf(here, headers);
    const answer = await ask(
      '{ users(first: 1) { edges { cursor } } auditEntries(first: 1) { edges { cursor } } }',
    );
    expect(answer).toMatchObject({ status: 200, data: { users: { edges: [expect.anything()] } } });
    expect((await readsOf(here)).replica).toBe(replica + 2);
  });

  it('costs the primary a look into an index', async () => {
    const sql = statementTexts.get('audit.entrySince') ?? '';
    const plan = await here.db.transaction(async (trx) => {
      await trx.raw('set local enable_seqscan = off');
      const bindings = ['somebody', new Date().toISOString(), 1];
      const { rows } = await trx.raw(`explain ${sql.replace(/\$\d+/g, '?')}`, bindings);
      return JSON.stringify(rows);
    });
    expect(plan).toMatch(/Index (Only )?Scan using audit_entries_by_actor/);
    expect(plan).not.toMatch(/Sort|Seq/);
  });

  it('is the only one: whatever is about now is answered by the primary', async () => {
    const [reader] = await aReader([here], ...manages, 'roles:read');
    const [writer] = await aReader([here], ...manages);
    await database.replica.catchUp();
    await database.replica.holdBack();
    const before = await readsOf(here);
    const created = await unwrap(writer.users.create({ body: newPerson() }));
    const { id: userId } = created;
    expect(await unwrap(reader.users.get({ userId }))).toMatchObject({ id: userId });
    expect(await unwrap(reader.users.byIds({ ids: userId }))).toMatchObject({
      items: [{ id: userId }],
    });
    await unwrap(reader.roles.list());
    await unwrap(reader.me.get());
    expect(await readsOf(here)).toEqual(before);
  });

  it('that the replica refuses is judged by the primary', async () => {
    const [reader] = await aReader([here], ...manages);
    const before = await readsOf(here);
    expect(await reader.users.list({ cursor: 'bm9uZQ' })).toMatchObject({ status: 422 });
    const { refused = 0 } = before;
    expect(await readsOf(here)).toEqual({ ...before, refused: refused + 1 });
  });

  it('that the replica fails at is answered by the primary, and said once', async () => {
    const { reads } = here.platform;
    const failing = () =>
      reads.byAnybody(async (db) => {
        const { rows } = await db.raw<{ rows: [{ standby: boolean }] }>(
          'select pg_is_in_recovery() as standby',
        );
        if (rows[0].standby) await db.raw('select nothing from nowhere');
        return 'answered';
      });
    const before = await readsOf(here);
    expect(await Promise.all([failing(), failing()])).toEqual(['answered', 'answered']);
    expect((await readsOf(here)).failed).toBe((before.failed ?? 0) + 2);
    const told = here.logs.filter(({ msg }) => msg.startsWith('the replica failed at a read'));
    expect(told).toHaveLength(1);
  });

  it('from which the replica takes away what it reads is answered by the primary', async () => {
    const before = await readsOf(here);
    let attempts = 0;
    const answer = await here.platform.reads.byAnybody(async (db) => {
      attempts += 1;
      const { rows } = await db.raw<{ rows: { id: string }[] }>('select id from roles');
      if (attempts === 1) {
        await database.query('begin; lock table roles in access exclusive mode; commit');
        await db.raw('select pg_sleep(20)');
      }
      return rows.length > 0;
    });
    expect([answer, attempts]).toEqual([true, 2]);
    expect((await readsOf(here)).conflict).toBe((before.conflict ?? 0) + 1);
  });

  it('uses what statements the replica has prepared', async () => {
    const before = await readsOf(here);
    const since = here.clock.now();
    const ask = () =>
      here.platform.reads.byAnybody((db) => hasChanged(db, systemActor('nobody'), since));
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    expect(new Set(answers)).toEqual(new Set([false]));
    expect(await readsOf(here)).toEqual({ ...before, replica: (before.replica ?? 0) + 40 });
  });
});

describe.runIf(installedPostgres && pgbouncerVersion)('a replica behind PgBouncer', () => {
  it('answers, with statements and without', async () => {
    const bouncer = await startPgbouncer(database.replica.url, { connections: 4 });
    onTestFinished(bouncer.stop);
    const app = await database.start({ ...settings, DATABASE_REPLICA_URL: bouncer.url });
    await eventually(() => expect(app.platform.databases.replica?.trouble).toBeUndefined());
    const [reader] = await aReader([app], ...manages);
    const since = app.clock.now();
    const lists = Array.from({ length: 20 }, () => unwrap(reader.users.list()));
    const statements = Array.from({ length: 20 }, () =>
      app.platform.reads.byAnybody((db) => hasChanged(db, systemActor('nobody'), since)),
    );
    await Promise.all([...lists, ...statements]);
    expect(await readsOf(app)).toEqual({ replica: 40 });
  });
});

describe.runIf(installedPostgres)('a service whose replica', () => {
  it('is too late asks the primary, says so, and is ready', async () => {
    const app = await database.start({ ...settings, REPLICA_LAG_SECONDS: '2' });
    const [reader] = await aReader([app], ...manages);
    const { health } = await aHolderOf(app, 'health:read');
    const replica = async () => (await unwrap(health.check())).components?.replica;
    await eventually(async () => {
      expect(await replica()).toEqual({ status: 'healthy', warnings: [], lagSeconds: 0 });
    });
    await database.replica.holdBack();
    await database.query('create table lag_is_made_of_changes ()');
    await eventually(async () => {
      await unwrap(reader.users.list());
      expect(await readsOf(app)).toMatchObject({ late: expect.any(Number) });
    });
    await eventually(async () =>
      expect(await replica()).toEqual({
        status: 'degraded',
        warnings: ['The primary answers what the replica could: what it has is too old.'],
        lagSeconds: expect.any(Number),
      }),
    );
    expect((await replica())?.lagSeconds).toBeGreaterThan(0);
    expect((await app.request('/api/v1/health/readiness')).status).toBe(200);
    await eventually(async () => {
      const lines = await app.scrape();
      expect(lines).toContainEqual(expect.stringMatching(/^charter_replica_up(\{.*\})? 0$/));
      expect(lines).toContainEqual(expect.stringMatching(/^charter_replica_lag_seconds.* [1-9]/));
    });
    await database.replica.catchUp();
    await database.query('drop table lag_is_made_of_changes');
    await eventually(async () => expect(await replica()).toMatchObject({ status: 'healthy' }));
    expect(app.logs.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining([
        'reads that may be late go to the primary',
        'reads that may be late go to the replica',
      ]),
    );
  });

  it('is away at the start starts without, and uses it once it is there', async () => {
    const way = await databaseProxy(database.replica.url);
    onTestFinished(() => way.close());
    way.cut();
    const app = await database.start({ ...settings, DATABASE_REPLICA_URL: way.url });
    const [reader] = await aReader([app], ...manages);
    await unwrap(reader.users.list());
    expect(await readsOf(app)).toEqual({ replica: 0, away: 1 });
    expect(app.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', reason: 'away', why: expect.any(String) }),
    );
    way.mend();
    await eventually(async () => {
      await unwrap(reader.users.list());
      expect((await readsOf(app)).replica).toBeGreaterThan(0);
    });
  });

  it('takes writes asks the primary: it was promoted, or is the primary itself', async () => {
    const byName = database.url.replace('127.0.0.1', 'localhost');
    const app = await database.start({ ...settings, DATABASE_REPLICA_URL: byName });
    const [reader] = await aReader([app], ...manages);
    await unwrap(reader.users.list());
    expect(await readsOf(app)).toEqual({ replica: 0, unfit: 1 });
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        reason: 'unfit',
        why: expect.stringMatching(/it takes writes/),
      }),
    );
  });

  it('is a replica of another database does not start', async () => {
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    const start = startApp({ DATABASE_REPLICA_URL: database.replica.url }, { database: url });
    await expect(start).rejects.toThrow(
      /does not lead to a replica of the database\.\n {2}Why: .*\n {2}What to do: /,
    );
  });

  it('is another database of the same server does not start', async () => {
    await database.query('create database neighbour');
    await database.replica.catchUp();
    const url = database.replica.url.replace(/\/charter$/, '/neighbour');
    const start = database.start({ DATABASE_REPLICA_URL: url });
    await expect(start).rejects.toThrow(/does not lead to a replica of the database/);
  });
});

describe.runIf(installedPostgres)('doctor', () => {
  const finding = async () => {
    const { out, err } = await charter(['doctor', '--json']);
    const { findings } = JSON.parse(out || err.slice(err.indexOf('{'))) as {
      findings: { check: string }[];
    };
    return findings.find(({ check }) => check === 'replica');
  };

  it('looks at the replica, and says what to do about it', async () => {
    useDatabase(database.url);
    expect(await finding()).toBeUndefined();
    vi.stubEnv('DATABASE_REPLICA_URL', database.replica.url);
    expect(await finding()).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^follows, /),
    });
    vi.stubEnv('DATABASE_REPLICA_URL', database.url.replace('127.0.0.1', 'localhost'));
    expect(await finding()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/takes writes/),
      todo: expect.stringMatching(/streaming replication/),
    });
  });
});
