import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { root } from '../client/compile.ts';
import { refusal } from '../kit/answers.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { aMember, type Caller, createPerson, signIn } from '../kit/callers.ts';
import { testSecrets } from '../kit/cluster.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createEmptyDatabase } from '../kit/database.ts';
import { query } from '../kit/embedded.ts';
import { eventually } from '../kit/eventually.ts';
import { aHolderOf } from '../kit/holder.ts';
import { installedPostgres, startInstalledPostgres } from '../kit/installed-postgres.ts';
import { tokenFor } from '../kit/mailbox.ts';
import { prepare } from '../kit/prepare.ts';
import { type Receiver, startReceiver } from '../kit/receiver.ts';

const run = promisify(execFile);

/** Runs a command of docs/backup.md as it stands there. */
async function follow(which: 'taken' | 'restored', databaseUrl: string, cwd: string) {
  const guide = await readFile(join(root, 'docs/backup.md'), 'utf8');
  const block = new RegExp(`backup.test.ts: ${which} -->\\s+\`\`\`sh\\n(.*?)\\n\\s*\`\`\``, 's');
  const command = block.exec(guide)?.[1] ?? 'false';
  const env = { PATH: `${installedPostgres}:${process.env.PATH}`, DATABASE_URL: databaseUrl };
  await run('sh', ['-c', command], { cwd, env });
}

/** As if the server had worked for a year: no other one has counted as far. */
const countOn =
  'do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$';

/** What happened is told; another transaction of the server may hold the feed back for a moment. */
async function tellAll(app: TestApp): Promise<void> {
  await eventually(async () => {
    await app.runScheduled('webhooks.fan-out');
    const { rows } = await app.db.raw(
      `select 1 from webhook_feed where xid::xid8 <= (select max(xid) from events) and
         exists (select from events where events.xid > '0')`,
    );
    expect(rows).toEqual([]);
  });
  await app.workJobs();
}

const there = {} as {
  folder: string;
  old: { url: string; stop: () => Promise<void> };
  restored: { url: string; drop: () => Promise<void> };
  app: TestApp;
  receiver: Receiver;
  person: Caller;
  link: string;
  said: string;
  delivered: number;
};

/** The pool gives a request half a second here; somebody else holds the table for longer. */
async function settled(): Promise<string> {
  vi.stubEnv('DATABASE_STATEMENT_TIMEOUT_MS', '500');
  const db = connect({ url: there.restored.url, poolSize: 2, statementTimeoutMs: 60_000 });
  const holder = await db.transaction();
  await holder.raw('lock table events in exclusive mode');
  const running = charter(['restored', '--json']);
  await eventually(async () => {
    const { rows } = await db.raw(
      `select 1 from pg_locks join pg_stat_activity using (pid)
       where not granted and query_start < clock_timestamp() - interval '1 second'`,
    );
    expect(rows).toHaveLength(1);
  });
  await holder.rollback();
  await db.destroy();
  const end = await running;
  vi.unstubAllEnvs();
  expect(end).toMatchObject({ code: 0, err: '' });
  return end.out;
}

describe.runIf(installedPostgres)('a dump that is restored elsewhere', () => {
  beforeAll(async () => {
    there.folder = await mkdtemp(join(tmpdir(), 'charter-backup-'));
    there.old = await startInstalledPostgres(installedPostgres ?? '');
    there.receiver = await startReceiver();
    await query(there.old.url, countOn);
    await prepare(there.old.url, testSecrets.join(','));
    const app = await startApp({}, { database: there.old.url, pooler: undefined });
    const { webhooks } = await aHolderOf(
      app,
      ...(['webhooks:manage', 'webhooks:read', 'users:manage', 'audit:read'] as const),
    );
    const events = ['account.updated' as const];
    await unwrap(webhooks.create({ body: { url: there.receiver.url, events } }));
    app.clock.advance({ seconds: 1 });
    there.person = await aMember(app);
    await unwrap(there.person.client.me.update({ body: { fullName: 'Told before' } }));
    await tellAll(app);
    there.receiver.behave(500);
    await unwrap(there.person.client.me.update({ body: { fullName: 'Waits in the dump' } }));
    await tellAll(app);
    await unwrap(app.client().passwordReset.request({ body: { email: there.person.email } }));
    there.link = await tokenFor(app, there.person.email);
    await unwrap((await aMember(app)).client.accountErasure.request());
    app.clock.advance({ minutes: 10 });
    await app.runScheduled('audit.seal');

    await follow('taken', there.old.url, there.folder);

    there.receiver.behave(204);
    app.clock.advance({ hours: 1 });
    await tellAll(app);
    there.delivered = there.receiver.got.length;
    await app.close();

    there.restored = await createEmptyDatabase();
    await follow('restored', there.restored.url, there.folder);
    useDatabase(there.restored.url);
    there.said = await settled();
    there.app = await startApp({}, { database: there.restored.url, pooler: undefined });
  }, 120_000);

  afterAll(async () => {
    await there.app?.close();
    await there.receiver?.close();
    await there.old?.stop();
    await there.restored?.drop();
    await rm(there.folder, { recursive: true, force: true });
  });

  it('tells what was settled', () => {
    expect(JSON.parse(there.said)).toMatchObject({
      ok: true,
      settled: {
        'sessions ended': 3,
        'erasures of accounts put off': 1,
        'waiting mails dropped': 1,
        'links and tokens of one use voided': 1,
        'waiting deliveries given up': 1,
      },
    });
  });

  it('lets nobody in by a session of before, and everybody by their password', async () => {
    const { accessToken, refreshToken } = there.person.tokens();
    const authorization = `Bearer ${accessToken}`;
    const me = await there.app.request('/api/v1/users/me', { headers: { authorization } });
    expect(me.status).toBe(401);
    expect(await there.app.client().auth.refresh({ body: { refreshToken } })).toMatchObject({
      status: 401,
    });
    const { client } = await signIn(there.app, there.person);
    expect(await unwrap(client.me.get())).toMatchObject({ fullName: 'Waits in the dump' });
  });

  it('takes no link of before', async () => {
    const body = { token: there.link, newPassword: 'a quiet river at dawn' };
    const answer = await there.app.client().passwordReset.confirm({ body });
    expect(answer).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('tells no event twice, and what happens from now on once', async () => {
    const { app, receiver, delivered } = there;
    await tellAll(app);
    app.clock.advance({ hours: 27 });
    await tellAll(app);
    expect(receiver.got).toHaveLength(delivered);
    const { client } = await signIn(app, await createPerson(app));
    await unwrap(client.me.update({ body: { fullName: 'Told after' } }));
    await tellAll(app);
    expect(receiver.got).toHaveLength(delivered + 1);
  });

  it('has an audit that holds, and goes on', async () => {
    useDatabase(there.restored.url);
    expect(await charter(['audit', 'verify'])).toMatchObject({ code: 0 });
    there.app.clock.advance({ hours: 1 });
    await there.app.runScheduled('audit.seal');
    expect(await charter(['audit', 'verify'])).toMatchObject({ code: 0 });
  });

  it('is not settled while a process works on it', async () => {
    useDatabase(there.restored.url);
    const end = await charter(['restored']);
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toContain('Stop its processes first');
  });
});
