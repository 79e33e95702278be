import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../server/platform/db/connect.ts';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { startNode } from '../kit/node.ts';
import { pgbouncerVersion, startPgbouncer } from '../kit/pgbouncer.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

afterAll(endProcesses);

const people = 30;

// Debian and others have it as a package: `apt-get install pgbouncer`.
describe.runIf(pgbouncerVersion)('PgBouncer in transaction mode, which is installed here,', () => {
  it('lets the API and two workers share four connections, and each mail leaves once', async () => {
    const { port, received } = await smtpSink();
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    const bouncer = await startPgbouncer(url, 4);
    onTestFinished(bouncer.stop);
    const settings = {
      ...testEnvironment(bouncer.url),
      DATABASE_DIRECT_URL: url,
      DATABASE_NAMED_STATEMENTS: 'false',
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
    }
  }, 240_000);
});
