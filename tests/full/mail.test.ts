import { afterAll, expect, it, onTestFinished } from 'vitest';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { startNode } from '../kit/node.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

afterAll(endProcesses);

it('a mail that a killed worker was about to bring out goes out once a worker is back', async () => {
  const arrived = Promise.withResolvers<void>();
  let isStuck = true;
  const { port, received } = await smtpSink({
    onRcptTo: (_address, _session, go) => {
      arrived.resolve();
      if (!isStuck) go();
    },
  });
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  const settings = {
    ...testEnvironment(url),
    SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
    MAIL_FROM: 'no-reply@example.com',
    JOBS_IN_API: 'false',
  };
  const worker = () => startProcess(settings, undefined, ['server/cli/main.ts', 'worker']);
  const node = await startNode(settings);
  onTestFinished(() => node.stop());
  const person = newPerson();
  // The mail server is stuck, and nobody works: whoever signs up does not notice.
  expect(await node.client().auth.register({ body: person })).toMatchObject({ status: 201 });

  const killed = worker();
  await arrived.promise;
  killed.child.kill('SIGKILL');
  await killed.end;
  expect(received).toEqual([]);

  isStuck = false;
  const other = worker();
  await eventually(() => expect(received).toHaveLength(1));
  expect(received[0]?.envelope.to).toEqual([person.email]);
  other.child.kill('SIGTERM');
  expect(await other.end).toBe(0);
}, 240_000);
