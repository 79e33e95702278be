import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { openOtlp } from '../../../server/platform/observability/otlp.ts';
import { createTelemetry } from '../../../server/platform/observability/telemetry.ts';
import { recordingLog, startApp, type TestApp } from '../../kit/app.ts';
import { newPerson } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { type ReceivedSpan, startReceiver } from '../../kit/otlp-receiver.ts';
import { quickSession } from '../../kit/quick-session.ts';

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const shop = { 'service.name': 'shop', 'deployment.environment.name': 'test' };

let receiver: Receiver;
let app: TestApp;
let flush: () => Promise<void>;

beforeAll(async () => {
  receiver = await startReceiver();
  const { log } = recordingLog();
  const options = { tracesUrl: `${receiver.url}/v1/traces`, metricsUrl: undefined };
  const { tracerProvider } = await openOtlp({ ...options, resource: shop }, log);
  if (!tracerProvider) throw new Error('There is no provider');
  flush = () => (tracerProvider as TracerProvider).forceFlush();
  app = await startApp({ TRACE_SAMPLE_RATIO: '1' }, { tracerProvider });
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

/** What was collected of the trace of a request, by its answer. */
async function traceOf(route: string, known: ReadonlySet<string>): Promise<ReceivedSpan[]> {
  return eventually(async () => {
    await flush();
    const root = receiver.spans.find(({ name, spanId }) => name === route && !known.has(spanId));
    expect(root).toBeDefined();
    return receiver.spans.filter(({ traceId }) => traceId === root?.traceId);
  });
}

const seen = () => new Set(receiver.spans.map(({ spanId }) => spanId));

/** `name (below …)` of each, so that a tree can be compared. */
function tree(spans: readonly ReceivedSpan[], parentSpanId?: string): object {
  const below = spans.filter((span) => span.parentSpanId === parentSpanId);
  return Object.fromEntries(below.map(({ name, spanId }) => [name, tree(spans, spanId)]));
}

describe('a collector that an operator names', () => {
  it('is sent a call, its steps, and each statement below them', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const known = seen();
    const person = newPerson();
    await unwrap(app.client(sending(headers)).users.create({ body: person }));
    const spans = await traceOf('POST /api/v1/users', known);
    expect(tree(spans)).toMatchObject({
      'POST /api/v1/users': {
        admit: {},
        handle: { BEGIN: {}, 'INSERT users': {}, 'INSERT audit_entries': {} },
        // What is kept for a repetition of the call is part of the same transaction.
        COMMIT: {},
      },
    });
    expect(spans.filter(({ isError }) => isError)).toEqual([]);
    const insert = spans.find(({ name }) => name === 'INSERT users');
    expect(insert?.attributes).toMatchObject({
      'db.system.name': 'postgresql',
      'db.operation.name': 'INSERT',
      'db.collection.name': 'users',
    });
    expect(receiver.resources.at(-1)).toMatchObject({
      ...shop,
      'service.instance.id': expect.any(String),
    });
  });

  it('is never sent what the caller sent', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const known = seen();
    const person = newPerson();
    await unwrap(app.client(sending(headers)).users.create({ body: person }));
    await traceOf('POST /api/v1/users', known);
    const sent = receiver.bodies.join('');
    for (const secret of [person.email, person.username, person.password]) {
      expect(sent).not.toContain(secret);
    }
    expect(sent).not.toContain(headers.Authorization?.split(' ')[1]);
  });

  it('sees a refusal as an answer', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const known = seen();
    const userId = '01994c1e-8a10-7d3c-b0f1-000000000000';
    await app.client(sending(headers)).users.get({ userId });
    const spans = await traceOf('GET /api/v1/users/:userId', known);
    const handle = spans.find(({ name }) => name === 'handle');
    expect(handle).toMatchObject({ isError: false, attributes: { 'error.type': 'not_found' } });
  });

  it('sees a failure of ours as an error, at what failed and all that it is part of', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const known = seen();
    await app.db.raw('alter table service_accounts rename to nowhere');
    await app.client(sending(headers)).serviceAccounts.list();
    await app.db.raw('alter table nowhere rename to service_accounts');
    const spans = await traceOf('GET /api/v1/service-accounts', known);
    const failed = spans.filter(({ isError }) => isError);
    expect(failed.map(({ name, attributes }) => [name, attributes['error.type']])).toEqual([
      // Their roles are read along: the first table of the statement names it.
      [expect.stringMatching(/^SELECT /), '42P01'],
      ['handle', 'DBError'],
      ['GET /api/v1/service-accounts', '500'],
    ]);
    expect(receiver.bodies.join('')).not.toContain('does not exist');
  });

  it('costs nothing where nobody named one', async () => {
    const { log } = recordingLog();
    const none = { tracesUrl: undefined, metricsUrl: undefined };
    expect(await openOtlp(none, log)).toMatchObject({
      tracerProvider: undefined,
      metrics: undefined,
    });
  });
});

describe('metrics', () => {
  it('are pushed by the names of the conventions, and the rest at the end', async () => {
    const collector = await startReceiver();
    onTestFinished(() => collector.close());
    const { log } = recordingLog();
    const metricsUrl = `${collector.url}/v1/metrics`;
    const { metrics } = await openOtlp({ tracesUrl: undefined, metricsUrl, resource: shop }, log);
    const telemetry = createTelemetry({ sampleRatio: 0, log, ...metrics });
    telemetry.limits.countRefused('read');
    telemetry.requests.begin();
    telemetry.requests.end({ method: 'GET', route: '/x', status: 200, seconds: 0.1 });
    await telemetry.close();
    expect([...collector.metricNames]).toEqual(
      expect.arrayContaining([
        'http.server.request.duration',
        'process.memory.usage',
        'charter.limits.refused',
      ]),
    );
    expect(collector.resources[0]).toMatchObject({ 'service.name': 'shop' });
  });
});

describe('a collector that takes nothing', () => {
  it('is told of once, and once more when it is back', async () => {
    const collector = await startReceiver();
    onTestFinished(() => collector.close());
    const { log, logs } = recordingLog();
    const tracesUrl = `${collector.url}/v1/traces`;
    const options = { tracesUrl, metricsUrl: undefined };
    const { tracerProvider, close } = await openOtlp(options, log);
    const provider = tracerProvider as TracerProvider;
    const send = async () => {
      provider.getTracer('test').startSpan('one').end();
      await provider.forceFlush().catch(() => {});
    };
    collector.state.isRefusing = true;
    await send();
    await send();
    collector.state.isRefusing = false;
    await send();
    await close();
    expect(logs.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'the collector takes no spans'],
      ['info', 'the collector takes spans again'],
    ]);
    expect(collector.spans.map(({ name }) => name)).toEqual(['one']);
  });

  it('does not keep the service from answering, nor from ending', async () => {
    const { log } = recordingLog();
    const tracesUrl = 'http://127.0.0.1:1/v1/traces';
    const options = { tracesUrl, metricsUrl: undefined };
    const { tracerProvider, close } = await openOtlp(options, log);
    (tracerProvider as TracerProvider).getTracer('test').startSpan('one').end();
    await expect(close()).resolves.toBeUndefined();
  });
});
