import { type AddressInfo, createServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import type { MailServer } from '../../../server/config/mail.ts';
import { SmtpTransport } from '../../../server/platform/mail/smtp-transport.ts';
import { NotTaken } from '../../../server/platform/mail/transport.ts';
import { selfSigned } from '../../kit/self-signed.ts';
import { smtpSink } from '../../kit/smtp-sink.ts';

const from = { name: 'Exámple, Inc.', address: 'no-reply@mail.example' };
const message = {
  id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  writtenAt: new Date('2026-11-21T12:00:00.000Z'),
  to: 'ada@example.com',
  language: 'de',
  subject: 'Bestätigen Sie Ihre Adresse',
  text: 'Grüße\n',
  html: '<!doctype html><p>Grüße</p>',
};

const plain = { host: '127.0.0.1', tls: 'none', login: undefined } as const;

function send(
  server: MailServer,
  { to = message.to, deadlineMs = 10_000, signal = new AbortController().signal } = {},
) {
  return new SmtpTransport({ server, from, deadlineMs }).send({ ...message, to }, signal);
}

/** Why a message was not taken. */
async function refusal(sending: Promise<void>): Promise<{ reason: string; isFinal: boolean }> {
  const error = await sending.then(
    () => expect.fail('it was taken'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NotTaken);
  return error as NotTaken;
}

/** Says what it is told, whatever it hears. */
async function rudeServer(onConnection: (socket: Socket) => void): Promise<MailServer> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { ...plain, port: (server.address() as AddressInfo).port };
}

it('brings out text and HTML, from the sender, with headers that nobody answers', async () => {
  const { port, received } = await smtpSink();
  await send({ ...plain, port });
  expect(received).toHaveLength(1);
  const [{ mail, envelope }] = received as [(typeof received)[number]];
  expect(envelope).toEqual({ from: from.address, to: [message.to] });
  expect(mail).toMatchObject({
    subject: message.subject,
    date: message.writtenAt,
    messageId: `<${message.id}@mail.example>`,
    from: { value: [from] },
    to: { value: [{ address: message.to, name: '' }] },
  });
  expect(mail.text?.trim()).toBe(message.text.trim());
  expect(mail.html).toContain('<p>Grüße</p>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('content-language')).toBe('de');
  expect(mail.headers.has('x-mailer')).toBe(false);
});

it.each(['always', 'upgraded'] as const)(
  'speaks TLS (%s) with whom it trusts, and signs in',
  async (tls) => {
    const certificate = selfSigned('localhost');
    const users: unknown[] = [];
    const { port, received } = await smtpSink({
      ...certificate,
      secure: tls === 'always',
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        users.push([username, password]);
        done(null, { user: username });
      },
    });
    const login = { user: 'charter', pass: 'p@ss:word' };
    const server = { host: 'localhost', port, tls, login };
    expect(await refusal(send(server))).toMatchObject({
      isFinal: false,
      reason: expect.stringMatching(/certificate/),
    });
    const trusted = getCACertificates('default');
    onTestFinished(() => setDefaultCACertificates(trusted));
    setDefaultCACertificates([...trusted, certificate.cert]);
    await send(server);
    expect(received).toMatchObject([{ isEncrypted: true, user: 'charter' }]);
    expect(users).toEqual([['charter', 'p@ss:word']]);
    // The name must be the right one, too.
    expect(await refusal(send({ ...server, host: '127.0.0.1' }))).toMatchObject({ isFinal: false });
  },
);

it('says nothing to a server that offers no TLS', async () => {
  const { port, received } = await smtpSink();
  expect(await refusal(send({ ...plain, port, tls: 'upgraded' }))).toMatchObject({
    isFinal: false,
  });
  expect(received).toEqual([]);
});

it.each([
  'ada@example.com\r\nRCPT TO:<eve@example.com>',
  'ada@example.com, eve@example.com',
  'Ada <ada@example.com>',
  'ada@example.com>\nDATA',
  'ada',
  '',
])('sends nothing to %j', async (to) => {
  const { port, received } = await smtpSink();
  expect(await refusal(send({ ...plain, port }, { to }))).toMatchObject({ isFinal: true });
  expect(received).toEqual([]);
});

function answering(step: 'onRcptTo' | 'onMailFrom' | 'onConnect', responseCode: number) {
  const error = Object.assign(new Error(`no ${message.to} here`), { responseCode });
  return smtpSink({ [step]: (...all: unknown[]) => (all.at(-1) as (error: Error) => void)(error) });
}

it('knows what is final, and repeats no words that quote the address', async () => {
  const [unknown, full, sender, busy] = await Promise.all([
    answering('onRcptTo', 550),
    answering('onRcptTo', 452),
    answering('onMailFrom', 530),
    answering('onConnect', 554),
  ]);
  const reasons = await Promise.all(
    [unknown, full, sender, busy].map(({ port }) => refusal(send({ ...plain, port }))),
  );
  expect(reasons.map(({ isFinal }) => isFinal)).toEqual([true, false, false, false]);
  expect(reasons.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^EENVELOPE 550/),
    expect.stringMatching(/^EENVELOPE 452/),
    expect.stringMatching(/^EENVELOPE 530/),
    expect.stringMatching(/554/),
  ]);
  for (const { reason } of reasons) expect(reason).not.toContain('ada');
});

it('gives up on a server that is not there', async () => {
  expect(await refusal(send({ ...plain, port: 1 }))).toMatchObject({
    isFinal: false,
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

it('gives up on a server that hangs, that drips, or that hangs up', async () => {
  const drip = (socket: Socket) => {
    const timer = setInterval(() => socket.write('220-patience\r\n'), 10);
    socket.on('close', () => clearInterval(timer));
  };
  const servers = await Promise.all([
    rudeServer(() => {}),
    rudeServer(drip),
    rudeServer((socket) => socket.end()),
  ]);
  for (const server of servers) {
    expect(await refusal(send(server, { deadlineMs: 100 }))).toMatchObject({ isFinal: false });
  }
});

it('stops when it is told to', async () => {
  const server = await rudeServer(() => {});
  const stop = new AbortController();
  const sending = refusal(send(server, { signal: stop.signal }));
  stop.abort();
  expect(await sending).toMatchObject({ isFinal: false });
});
