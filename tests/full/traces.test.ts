import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createClient, unwrap } from '../../client/index.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { connect } from '../../server/platform/db/connect.ts';
import type { TestApp } from '../kit/app.ts';
import { TestClock } from '../kit/clock.ts';
import { sending } from '../kit/credentials.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { startLiar } from '../kit/lying-provider.ts';
import { type ReceivedSpan, startReceiver } from '../kit/otlp-receiver.ts';
import { endProcesses, type Running, startProcess, testEnvironment } from '../kit/process.ts';
import { quickProgram } from '../kit/quick-key.ts';
import { startReceiver as startWebhookReceiver } from '../kit/receiver.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

type Collector = Awaited<ReturnType<typeof startReceiver>>;

/** An API process that works off nothing, and what a worker beside it is started with. */
interface World {
  readonly url: string;
  readonly api: Running;
  readonly settings: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly collector: Collector;
}

const callersSpanId = 'b7ad6b7169203331';

/** A caller's span that is sampled, of a trace that nobody else is in. */
function aTrace() {
  const traceId = randomBytes(16).toString('hex');
  return { traceId, headers: { traceparent: `00-${traceId}-${callersSpanId}-01` } };
}

let world: World;
beforeAll(async () => {
  const collector = await startReceiver();
  const liar = await startLiar(systemClock);
  const { url: databaseUrl, drop } = await createDatabase();
  const db = connect({ url: databaseUrl, poolSize: 1, statementTimeoutMs: 60_000 });
  const settings = {
    ...testEnvironment(databaseUrl),
    ...liar.settings,
    JOBS_IN_API: 'false',
    SIGN_IN_REDIRECTS: 'https://app.example.com/signed-in',
    // Nothing begins by itself: what is sampled is what callers sampled.
    TRACE_SAMPLE_RATIO: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '1000',
  };
  const api = startProcess(settings);
  const url = await api.listening();
  const arranged = { db, clock: new TestClock() } as unknown as TestApp;
  const permissions = ['users:manage', 'users:read', 'webhooks:manage'] as const;
  const { headers } = await quickProgram(arranged, permissions);
  world = { url, api, settings, headers, collector };
  return async () => {
    endProcesses();
    await api.end;
    await db.destroy();
    await drop();
    await liar.close();
    await collector.close();
  };
});

const client = (headers: Record<string, string> = {}) =>
  createClient({ baseUrl: world.url, credentials: sending({ ...world.headers, ...headers }) });

function worker(more: Record<string, string> = {}, ...words: string[]): Running {
  const program = ['server/cli/main.ts', 'worker', ...words];
  return startProcess({ ...world.settings, ...more }, undefined, program);
}

/** The first span of this name, once it has arrived. */
const spanOf = (isIt: (span: ReceivedSpan) => boolean) =>
  eventually(() => {
    const found = world.collector.spans.find(isIt);
    if (!found) throw new Error('No such span has arrived');
    return found;
  });

const inTrace = (traceId: string, name: string) =>
  spanOf((span) => span.traceId === traceId && span.name === name);

/** The names of those above it, the nearest first. */
function above({ parentSpanId }: ReceivedSpan): string[] {
  const parent = world.collector.spans.find(({ spanId }) => spanId === parentSpanId);
  return parent ? [parent.name, ...above(parent)] : [];
}

/** Whoever is above ends later, and may arrive later. */
const liesBelow = (span: ReceivedSpan, ...names: string[]) =>
  eventually(() => expect(above(span)).toEqual(names));

describe('a collector', () => {
  it('is told of a mail by the worker, in a trace with a link to the request that wanted it', async () => {
    const { port, received } = await smtpSink();
    const mail = { SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`, MAIL_FROM: 'a@example.com' };
    const { traceId, headers } = aTrace();
    const username = `traced-${randomBytes(4).toString('hex')}`;
    const body = { username, email: `${username}@example.com`, sendPasswordLink: true };
    await unwrap(client(headers).users.create({ body }));
    expect(await worker(mail, '--once').end).toBe(0);
    expect(received).toHaveLength(1);

    const request = await inTrace(traceId, 'POST /api/v1/users');
    expect(request.parentSpanId).toBe(callersSpanId);
    const handle = await inTrace(traceId, 'handle');
    await liesBelow(handle, request.name);
    const job = await spanOf(({ linksTo }) => linksTo.includes(handle.spanId));
    expect(job).toMatchObject({ name: 'mail.deliver', parentSpanId: undefined, isError: false });
    expect(job.traceId).not.toBe(traceId);
    const sent = await inTrace(job.traceId, 'mail send');
    await liesBelow(sent, 'mail.deliver');
    expect(await inTrace(job.traceId, 'SELECT mails')).toBeDefined();
    expect(world.collector.bodies.join('')).not.toContain(username);
  });

  it('is told of a webhook, and its receiver is told nothing of our trace', async () => {
    const receiver = await startWebhookReceiver();
    onTestFinished(() => receiver.close());
    const secretPath = `${receiver.url}/of-their-own`;
    const hook = { url: secretPath, events: ['account.created' as const] };
    await unwrap(client().webhooks.create({ body: hook }));
    receiver.behave(500);
    const working = worker({ TRACE_SAMPLE_RATIO: '1' });
    const username = `told-${randomBytes(4).toString('hex')}`;
    await unwrap(client().users.create({ body: { username, email: `${username}@example.com` } }));

    const port = Number(new URL(receiver.url).port);
    const posted = await spanOf(({ attributes }) => Number(attributes['server.port']) === port);
    expect(posted).toMatchObject({
      name: 'POST',
      isError: true,
      attributes: {
        'http.request.method': 'POST',
        'server.address': '127.0.0.1',
        'error.type': '500',
      },
    });
    await liesBelow(posted, 'webhooks.deliver');
    expect(receiver.got[0]?.headers).not.toHaveProperty('traceparent');
    expect(world.collector.bodies.join('')).not.toContain('of-their-own');
    working.child.kill('SIGTERM');
    expect(await working.end).toBe(0);
  });

  it('is told of each request to a provider, below what it is for', async () => {
    const { traceId, headers } = aTrace();
    const [provider = ''] = Object.keys(
      JSON.parse(world.settings.IDENTITY_PROVIDERS ?? '{}') as object,
    );
    const body = { provider, delivery: 'tokens' as const };
    await unwrap(
      createClient({ baseUrl: world.url, credentials: sending(headers) }).oidc.start({ body }),
    );
    const asked = await inTrace(traceId, 'GET');
    expect(asked).toMatchObject({ isError: false, attributes: { 'server.address': '127.0.0.1' } });
    await liesBelow(asked, `${provider} authorize`, 'handle', 'POST /api/v1/auth/oidc/start');
  });

  it('gets at the end what waits', async () => {
    const { traceId, headers } = aTrace();
    await unwrap(client(headers).users.list());
    world.api.child.kill('SIGTERM');
    expect(await world.api.end).toBe(0);
    const arrived = world.collector.spans.filter((span) => span.traceId === traceId);
    expect(arrived.map(({ name }) => name)).toContain('GET /api/v1/users');
  });
});
