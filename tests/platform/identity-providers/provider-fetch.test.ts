import { createServer } from 'node:http';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../server/platform/clock.ts';
import {
  type FetchLimits,
  providerFetch,
} from '../../../server/platform/identity-providers/provider-fetch.ts';
import { runInCall } from '../../../server/platform/observability/call-context.ts';
import { begunBy } from '../../../server/platform/observability/spans.ts';
import { type LyingProvider, type Manner, startLiar } from '../../kit/lying-provider.ts';
import { addressOf } from '../../kit/scrape.ts';
import { selfSigned } from '../../kit/self-signed.ts';
import { tlsServer } from './tls-server.ts';

let liar: LyingProvider;
beforeAll(async () => {
  liar = await startLiar(systemClock);
});
afterAll(() => liar.close());
beforeEach(() => liar.lie({}));

/** As long as a busy machine may need. */
const limits: FetchLimits = {
  ...{ timeoutMs: 60_000, maxBytes: 1_000, allowHttp: true, allowPrivateNetwork: true },
};

const ask = (changed: Partial<FetchLimits> = {}, url = `${liar.issuer}/keys`) =>
  providerFetch({ ...limits, ...changed })(url);

const behaves = (manner: Manner) => liar.lie({ at: { keys: manner } });

it('answers what is there', async () => {
  const response = await ask();
  expect([response.status, await response.json()]).toMatchObject([200, { keys: [{ kty: 'EC' }] }]);
});

it('lets whoever answers go on with the trace of the call, where there is one', async () => {
  const seen: unknown[] = [];
  const server = createServer((req, res) => {
    seen.push(req.headers.traceparent);
    res.end('{}');
  });
  const url = await addressOf(server);
  onTestFinished(() => void server.close());
  const { inCall, spans } = traced();
  await inCall(() => ask({}, `${url}/keys?secret=1`));
  await inCall(() => ask({}, 'http://127.0.0.1:1/')).catch(() => {});
  await runInCall({ ...call, span: undefined }, () => ask({}, url));
  const [answered, refused, above] = spans();
  expect(seen).toEqual([expect.stringContaining(answered?.spanContext().spanId ?? '-'), undefined]);
  const below = { parentSpanContext: { spanId: above?.spanContext().spanId } };
  expect([answered, refused]).toMatchObject([
    { name: 'GET', ...below, status: { code: SpanStatusCode.UNSET } },
    { name: 'GET', ...below, status: { code: SpanStatusCode.ERROR } },
  ]);
  expect(answered?.attributes).toEqual({
    'http.request.method': 'GET',
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(url).port),
    'http.response.status_code': 200,
  });
  expect(refused?.attributes).toMatchObject({ 'error.type': 'unreachable' });
});

const call = { origin: 'http', id: '1', address: '', userAgent: null } as const;

/** A call that is sampled; its own span ends when they are asked for. */
function traced() {
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor({ exporter })];
  const tracer = new TracerProvider({ spanProcessors }).getTracer('test');
  const span = begunBy(tracer, tracer.startSpan('the call'));
  return {
    inCall: <Result>(work: () => Promise<Result>) => runInCall({ ...call, span }, work),
    spans: () => {
      span.end();
      return exporter.getFinishedSpans();
    },
  };
}

it.each(['hangs', 'drips'] as const)('gives up on what %s', async (manner) => {
  behaves(manner);
  await expect(ask({ timeoutMs: 100, maxBytes: 1_000_000 })).rejects.toMatchObject({
    failure: 'unreachable',
    message: `${liar.issuer}/keys: no answer in 100 ms`,
  });
});

it('stops reading what is too large, and does not wait for its end', async () => {
  behaves('never ends');
  await expect(ask()).rejects.toMatchObject({
    failure: 'invalid_answer',
    message: expect.stringContaining('is larger than 1000 bytes'),
  });
});

it.each([301, 302, 303, 307, 308])('follows no redirect by %i', async (status) => {
  behaves({ status, location: `${liar.issuer}/userinfo` });
  await expect(ask()).rejects.toMatchObject({ failure: 'invalid_answer' });
  expect(liar.asked('userInfo')).toBe(0);
});

it('says that nobody is there', async () => {
  behaves('hangs up');
  await expect(ask()).rejects.toMatchObject({ failure: 'unreachable' });
  await expect(ask({}, 'http://127.0.0.1:1/')).rejects.toMatchObject({
    ...{ failure: 'unreachable', message: 'http://127.0.0.1:1/: ECONNREFUSED' },
  });
});

describe('where it goes', () => {
  const never = { allowPrivateNetwork: false };

  it('is https alone', async () => {
    await expect(ask({ allowHttp: false })).rejects.toMatchObject({
      message: expect.stringContaining('is not https'),
    });
    await expect(ask({}, 'file:///etc/passwd')).rejects.toMatchObject({
      failure: 'invalid_answer',
    });
  });

  it.each(['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'is never %s, unless it may be private',
    async (host) => {
      const before = liar.asked('keys');
      const url = Object.assign(new URL(`${liar.issuer}/keys`), { host: '' });
      url.hostname = host;
      await expect(ask(never, url.href)).rejects.toMatchObject({
        failure: 'invalid_answer',
        message: expect.stringContaining('private network'),
      });
      expect(liar.asked('keys')).toBe(before);
    },
  );

  it('is a server whose certificate holds', async () => {
    const port = await tlsServer(selfSigned('localhost'));
    await expect(ask({}, `https://localhost:${port}/`)).rejects.toMatchObject({
      ...{ failure: 'unreachable', message: expect.stringMatching(/SELF_SIGNED|VERIFY/) },
    });
  });
});

it('tells nothing of the query, which may hold a secret', async () => {
  const failed = ask({}, 'http://127.0.0.1:1/path?code=secret');
  await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
});
