import { expect, it } from 'vitest';
import * as z from 'zod';
import { unwrap } from '../../../client/index.ts';
import type { Brought } from '../../../server/operations/operations.ts';
import type { Transaction } from '../../../server/platform/change.ts';
import { mailKind, translation } from '../../../server/platform/mail/mail-kind.ts';
import { startApp, type TestApp, useApp } from '../../kit/app.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { smtpSink } from '../../kit/smtp-sink.ts';

const greeting = mailKind('test.greeting', z.object({ url: z.url() }), ({ url }, sender) => ({
  subject: `Hello from ${sender.productName}`,
  parts: ['A word of welcome.', { action: 'Look around', url }],
}));

const german = translation(greeting, 'de', ({ url }, sender) => ({
  subject: `Grüße von ${sender.productName}`,
  parts: ['Herzlich willkommen.', { action: 'Umsehen', url }],
}));

const url = 'https://app.example.com/look?token=not-a-secret-really';

const features: Record<string, Brought> = { greetings: { translations: [german] } };
const mount = () => ({ contract: {}, tags: {}, features });

const app = useApp({}, { mount });

function write(
  to: string,
  { locale = null, ...options }: { locale?: string | null; key?: string } = {},
  from: TestApp = app,
) {
  const { change, mail } = from.platform;
  return change(undefined, (tx: Transaction) =>
    mail.write(tx, greeting, { email: to, locale }, { url }, options),
  );
}

const rowOf = (from: TestApp, to: string) =>
  from.platform.mailPreview?.list().then((mails) => mails.find((mail) => mail.to === to));

it('speaks the language of its reader, or English', async () => {
  const readers = { 'de-AT': 'de', DE: 'de', fr: 'en', d: 'en' };
  for (const [locale, language] of Object.entries(readers)) {
    const to = `${locale}@example.com`.toLowerCase();
    await write(to, { locale });
    const [mail] = await mailsTo(app, to);
    expect(mail).toMatchObject({ language });
    expect(mail?.subject).toBe(language === 'de' ? 'Grüße von Charter' : 'Hello from Charter');
    expect(mail?.html).toContain(`<html lang="${language}">`);
  }
});

it('is not written when its change does not happen', async () => {
  const { change, mail } = app.platform;
  const to = 'nobody@example.com';
  const failing = change(undefined, async (tx) => {
    await mail.write(tx, greeting, { email: to }, { url });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await mailsTo(app, to)).toEqual([]);
});

it('is sent once, however often it is written under one key', async () => {
  const to = 'once@example.com';
  await Promise.all([write(to, { key: 'one' }), write(to, { key: 'one' })]);
  await write(to, { key: 'one' });
  expect(await mailsTo(app, to)).toHaveLength(1);
  await write(to, { key: 'another' });
  expect(await mailsTo(app, to)).toHaveLength(2);
});

it('is forgotten in time', async () => {
  const to = 'past@example.com';
  const own = await startApp();
  await write(to, {}, own);
  await own.workJobs();
  expect(await rowOf(own, to)).toMatchObject({ state: 'sent', kind: 'test.greeting' });
  own.clock.advance({ days: 8 });
  await own.runScheduled('mail.purge');
  expect(await own.db('mails')).toMatchObject([{ state: 'sent', sealed: null }]);
  own.clock.advance({ days: 90 });
  await own.runScheduled('mail.purge');
  expect(await own.db('mails')).toEqual([]);
  await own.close();
});

it('leaves by SMTP, and nothing readable stays', async () => {
  const { port, received } = await smtpSink();
  const own = await startApp({
    SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
    MAIL_FROM: 'Example <no-reply@example.com>',
    MAIL_PRODUCT_NAME: 'Example',
    MAIL_COLOUR: '#ffcc00',
  });
  await write('ada@example.com', {}, own);
  const [waiting] = await own.db('mails');
  expect(JSON.stringify(waiting)).not.toMatch(/ada|token|welcome/);
  await own.workJobs();
  expect(received).toMatchObject([{ mail: { subject: 'Hello from Example' } }]);
  expect(received[0]?.mail.html).toContain('background:#ffcc00;color:#000000');
  expect(received[0]?.mail.text).toContain(url);
  expect(await own.db('mails')).toMatchObject([{ state: 'sent', attempts: 1, lastError: null }]);
  expect(await own.scrape()).toContain(
    'charter_mail_attempts_total{kind="test.greeting",outcome="sent"} 1',
  );
  await own.close();
});

it('is given up when its reader is refused, and tried again when the server is', async () => {
  let responseCode = 550;
  const { port, received } = await smtpSink({
    onRcptTo: (_address, _session, done) =>
      done(Object.assign(new Error('5.1.1 no such mailbox ada@'), { responseCode })),
  });
  const own = await startApp({
    SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
    MAIL_FROM: 'no-reply@example.com',
  });
  await write('ada@example.com', {}, own);
  await own.workJobs();
  expect(await own.db('mails')).toMatchObject([
    { state: 'failed', attempts: 1, sealed: null, lastError: 'EENVELOPE 550 5.1.1' },
  ]);
  responseCode = 451;
  own.clock.advance({ minutes: 1 });
  await write('bob@example.com', {}, own);
  await own.workJobs();
  const [, dead] = await own.db('mails').orderBy('createdAt');
  expect(dead).toMatchObject({ state: 'failed', attempts: 14 });
  expect(dead?.lastError).toMatch(/^EENVELOPE 451/);
  expect(received).toEqual([]);
  const health = async () => {
    const client = await aHolderOf(own, 'health:read');
    return (await unwrap(client.health.check())).components?.mail;
  };
  expect(await health()).toEqual({
    status: 'healthy',
    durationMs: expect.any(Number),
    warnings: [expect.stringMatching(/^2 mails of the last day were given up: EENVELOPE 451/)],
  });
  expect(own.logs.filter(({ msg }) => msg === 'a mail was not taken')).toHaveLength(15);
  expect(JSON.stringify(own.logs)).not.toMatch(/ada@|bob@|such mailbox/);
  await own.close();
});

it('makes health degraded while it waits for a mail server that is away', async () => {
  const own = await startApp({
    SMTP_URL: 'smtp://127.0.0.1:1?tls=none',
    MAIL_FROM: 'no-reply@example.com',
  });
  await write('ada@example.com', {}, own);
  const [row] = await own.db('mails');
  const run = { id: 'any', data: { mailId: row?.id }, attempt: 1, signal: AbortSignal.any([]) };
  const work = own.platform.mail.works().find(({ job }) => job.name === 'mail.deliver');
  await expect(work?.perform(run)).rejects.toThrow('was not taken');
  const client = await aHolderOf(own, 'health:read');
  expect(await unwrap(client.health.check())).toMatchObject({
    status: 'degraded',
    components: {
      mail: { warnings: [expect.stringMatching(/^1 mails wait, .*ECONNREFUSED/)] },
    },
  });
  expect(await unwrap(own.client().health.readiness())).toEqual({ status: 'ready' });
  expect(await own.scrape()).toContain(
    'charter_mail_attempts_total{kind="test.greeting",outcome="deferred"} 1',
  );
  await own.close();
});
