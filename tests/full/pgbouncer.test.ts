import { afterAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { tally } from '../kit/answers.ts';
import { startApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { aHolderOf } from '../kit/holder.ts';
import { startNode } from '../kit/node.ts';
import { type PgbouncerOptions, pgbouncerVersion, startPgbouncer } from '../kit/pgbouncer.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

afterAll(endProcesses);

const people = 30;

/** A pooler before the server of the run. */
async function behind(options: Partial<PgbouncerOptions> = {}): Promise<string> {
  const { server } = inject('database');
  const { url, stop } = await startPgbouncer(server, { connections: 4, ...options });
  onTestFinished(stop);
  return url;
}

// Debian and others have it as a package: `apt-get install pgbouncer`.
describe.runIf(pgbouncerVersion)('PgBouncer in transaction mode, which is installed here,', () => {
  it('lets the API and two workers share four connections, and each mail leaves once', async () => {
    const { port, received } = await smtpSink();
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    const bouncer = await startPgbouncer(url, { connections: 4 });
    onTestFinished(bouncer.stop);
    const settings = {
      ...testEnvironment(bouncer.url),
      DATABASE_DIRECT_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
      MAIL_FROM: 'no-reply@example.com',
      JOBS_IN_API: 'false',
    };
    const work = () => startProcess(settings, undefined, ['server/cli/main.ts', 'worker']);
    const workers = [work(), work()];
    const node = await startNode(settings);
    onTestFinished(() => node.stop());
    const signUps = Array.from({ length: people }, () => newPerson());
    for (const answer of await Promise.all(
      signUps.map((body) => node.client().auth.register({ body })),
    )) {
      expect(answer).toMatchObject({ status: 201 });
    }
    await eventually(() => expect(received).toHaveLength(people));
    const addressed = received.flatMap(({ envelope }) => envelope.to);
    expect(addressed.toSorted()).toEqual(signUps.map(({ email }) => email).toSorted());

    const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
    onTestFinished(() => db.destroy());
    await eventually(async () => {
      expect(await db('pgboss.job').whereNot({ state: 'completed' })).toEqual([]);
    });
    expect(await db('pgboss.schedule').pluck('name')).toContain('revocations.purge');
    for (const worker of workers) {
      worker.child.kill('SIGTERM');
      expect(await worker.end).toBe(0);
      expect(worker.output()).not.toMatch(/a job|pg-boss warns|jobs cannot be|queue of jobs/);
      expect(worker.output()).toContain('DATABASE_NAMED_STATEMENTS is not set');
    }
  }, 240_000);

  // Of 367, 34 were answered 500 when statements were prepared here, and each has its own server now.
  it.each([
    ['nothing', {}],
    ['false', { DATABASE_NAMED_STATEMENTS: 'false' }],
    ['true', { DATABASE_NAMED_STATEMENTS: 'true' }],
  ])('loses no write, where DATABASE_NAMED_STATEMENTS says %s', async (_said, settings) => {
    const pooler = await behind({ isForgetful: true });
    const service = await startApp(settings, { pooler });
    onTestFinished(() => service.close());
    const client = await aHolderOf(service, 'users:manage');
    const create = () => client.users.create({ body: newPerson() });
    expect(tally(await Promise.all(Array.from({ length: 40 }, create)))).toEqual({ 201: 40 });
  });

  it('is found without being asked for, and said in log, health and doctor', async () => {
    const pooler = await behind();
    const service = await startApp({ DATABASE_DIRECT_URL: '' }, { pooler });
    onTestFinished(() => service.close());
    const warnings = [
      expect.stringMatching(/^DATABASE_DIRECT_URL is not set, and a pooler stands/),
      expect.stringMatching(/^DATABASE_NAMED_STATEMENTS is not set, and a pooler stands/),
      expect.stringMatching(/^DATABASE_STATEMENT_TIMEOUT_MS does not get past the pooler/),
    ];
    const client = await aHolderOf(service, 'health:read');
    const { components } = await unwrap(client.health.check());
    expect(components?.configuration.warnings).toEqual(expect.arrayContaining(warnings));
    const said = service.logs.map(({ msg }) => msg).filter((msg) => /^DATABASE_/.test(msg));
    expect(said.toSorted()).toEqual(warnings);

    useDatabase(service.config.database.url);
    const { code, out } = await charter(['doctor']);
    expect(code).toBe(1);
    expect(out.match(/✗ pooler .*DATABASE_\w+/g)).toHaveLength(3);
  });

  it('asks for nothing more when everything is set as the pages say', async () => {
    const pooler = await behind({ connectQuery: 'set statement_timeout = 5000' });
    const service = await startApp({ DATABASE_NAMED_STATEMENTS: 'false' }, { pooler });
    onTestFinished(() => service.close());
    await aHolderOf(service, 'health:read').then((client) => unwrap(client.health.check()));
    expect(service.platform.databases.warnings()).toEqual([]);
    useDatabase(service.config.database.url);
    vi.stubEnv('DATABASE_DIRECT_URL', service.config.database.directUrl);
    vi.stubEnv('DATABASE_NAMED_STATEMENTS', 'false');
    expect((await charter(['doctor'])).out).toMatch(/✓ pooler/);
  });
});
