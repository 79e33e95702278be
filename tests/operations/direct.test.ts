import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PasswordHashes } from '../../server/features/passwords/hashes.ts';
import { startApp, type TestApp, useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { createPerson, newPerson } from '../kit/callers.ts';
import { eventually } from '../kit/eventually.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';

const app = useApp();

/** As a way in without HTTP tells where its calls come from. */
const from = { origin: 'graphql', address: '203.0.113.1' } as const;

/** What headers prove who somebody is, in the words of a call without HTTP. */
const callerOf = ({ headers }: QuickSession) => ({ authorization: headers.Authorization });

describe('a call that comes in without HTTP', () => {
  let admin: QuickSession;
  let member: QuickSession;
  beforeAll(async () => {
    admin = await quickSession(app, { roles: ['admin'] });
    member = await quickSession(app);
  });

  it('is answered as the contract declares, and with nothing else', async () => {
    const answer = await app.perform('me.get', { ...from, caller: callerOf(member) });
    expect(answer).toMatchObject({ status: 200, body: { id: member.userId } });
    expect(JSON.stringify(answer.body)).not.toMatch(/password/i);
  });

  it('gets to the handler with what the schemas made of its input', async () => {
    const email = `  ${newPerson().email.toUpperCase()} `;
    const input = { body: { email, username: newPerson().username } };
    const caller = callerOf(admin);
    const { status, body } = await app.perform('users.create', { ...from, caller, input });
    expect([status, body]).toMatchObject([201, { email: email.trim().toLowerCase() }]);
  });

  it('is refused without a credential before its input is looked at: 401', async () => {
    const refused = await app.perform('users.create', { ...from, input: { body: { email: 7 } } });
    expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('is refused without the permission: 403, and that is audited', async () => {
    const answer = await app.perform('users.create', {
      ...from,
      caller: callerOf(member),
      input: {},
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'permission_denied' } });
    const { requestId } = answer.body as { requestId: string };
    expect(await app.db('auditEntries').where({ requestId })).toMatchObject([
      { operation: 'usersCreate', origin: 'graphql', result: 'denied', actor: member.userId },
    ]);
  });

  it('is refused with every finding in its input: 422', async () => {
    const input = { body: { email: 'nonsense', username: 'a\0b', colour: 'red' } };
    const answer = await app.perform('users.create', { ...from, caller: callerOf(admin), input });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    const input2 = { body: { email: 'nonsense', username: 'ada', colour: 'red' } };
    const { body } = await app.perform('users.create', {
      ...from,
      caller: callerOf(admin),
      input: input2,
    });
    expect((body as { errors: object[] }).errors).toMatchObject([
      { in: 'body', path: 'email', code: 'wrong_format' },
      { in: 'body', path: 'colour', code: 'unknown_field' },
    ]);
  });

  it('leaves the entry of a change, by its operation and its way in', async () => {
    const { id: targetId } = await insertUser(app);
    const input = { params: { userId: targetId } };
    await app.perform('users.deactivate', { ...from, caller: callerOf(admin), input });
    expect(await app.db('auditEntries').where({ targetId })).toMatchObject([
      { operation: 'usersDeactivate', origin: 'graphql', result: 'done', actor: admin.userId },
    ]);
  });

  it('hands out cookies as values, for a way in that has them', async () => {
    const { headers } = await quickSession(app, { kind: 'cookie' });
    const caller = { cookie: headers.Cookie, origin: headers.Origin };
    const { status, cookies } = await app.perform('auth.logout', { ...from, caller });
    expect([status, cookies]).toEqual([204, [expect.stringContaining('session=;')]]);
  });

  it('is refused from a foreign origin when it acts by cookie: 403', async () => {
    const { headers } = await quickSession(app, { kind: 'cookie' });
    const caller = { cookie: headers.Cookie, origin: 'https://evil.example' };
    const answer = await app.perform('auth.logout', { ...from, caller });
    expect(answer).toMatchObject({ status: 403, body: { code: 'cross_site_request' } });
  });

  it('of an operation that nobody promised is a mistake of the program', async () => {
    await expect(app.perform('users.explode', from)).rejects.toThrow('no operation users.explode');
  });
});

describe('one call too many', () => {
  it('is refused whichever way the others came in', async () => {
    const limited: TestApp = await startApp({ RATE_LIMIT_READ_PER_MINUTE: '2' });
    const { headers } = await quickSession(limited);
    await limited.request('/api/v1/me', { headers });
    const caller = { authorization: headers.Authorization };
    expect(await limited.perform('me.get', { ...from, caller })).toMatchObject({ status: 200 });
    expect(await limited.perform('me.get', { ...from, caller })).toMatchObject({ status: 429 });
    expect(await limited.request('/api/v1/me', { headers })).toMatchObject({ status: 429 });
    await limited.close();
  });
});

describe('what watches a call without HTTP', () => {
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor({ exporter })];
  const tracerProvider = new TracerProvider({ spanProcessors });
  const watched = useApp({ TRACE_SAMPLE_RATIO: '1' }, { tracerProvider });

  beforeAll(async () => {
    const { headers } = await quickSession(watched);
    const caller = { authorization: headers.Authorization };
    await watched.perform('me.get', { ...from, caller });
    await watched.perform('me.get', { ...from, caller });
    await watched.perform('me.get', { ...from, origin: 'job' });
  });

  it('counts it by its operation, its way in and its status', async () => {
    const counts = (await watched.scrape()).filter((line) =>
      line.startsWith('charter_operation_duration_seconds_count'),
    );
    expect(counts.map((line) => line.replace(/^\w+/, ''))).toEqual([
      '{operation="me.get",origin="graphql",status="200"} 2',
      '{operation="me.get",origin="job",status="401"} 1',
    ]);
  });

  it('sees a span of each, named after the operation; a refusal is no failure', () => {
    const spans = exporter.getFinishedSpans().filter(({ name }) => name === 'me.get');
    const told = { name: 'me.get', kind: SpanKind.INTERNAL, ended: true };
    const unset = { status: { code: SpanStatusCode.UNSET } };
    expect(spans).toMatchObject([told, told, told].map((span) => ({ ...span, ...unset })));
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(3);
  });
});

describe('a service that stops', () => {
  it('lets the calls in flight end, and takes no new ones: 503', async () => {
    const stopping = await startApp();
    const { username: identifier, password } = await createPerson(stopping);
    const body = { identifier, password, delivery: 'tokens' };

    const looking = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<boolean>();
    const verify = vi.spyOn(PasswordHashes.prototype, 'verify').mockImplementationOnce(() => {
      looking.resolve();
      return looked.promise;
    });
    onTestFinished(() => verify.mockRestore());
    const inFlight = stopping.perform('auth.login', { ...from, input: { body } });
    await looking.promise;
    const closed = stopping.close();
    const late = await stopping.perform('signingKeys.list', from);
    // From here on only the call in flight keeps it from closing the rest.
    await eventually(() => expect(fetch(stopping.url)).rejects.toThrow());
    looked.resolve(true);

    expect(await inFlight).toMatchObject({ status: 200 });
    expect(late).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(late.retryAfterSeconds).toBeGreaterThan(0);
    await closed;
    expect(await stopping.perform('me.get', from)).toMatchObject({ status: 503 });
  });
});
