import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../kit/eventually.ts';
import { type ObservedOptions, observed } from './observed.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const callersSpanId = 'b7ad6b7169203331';
const sampled = { traceparent: `00-${traceId}-${callersSpanId}-01` };
const notSampled = { traceparent: `00-${traceId}-${callersSpanId}-00` };

const services: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.close())));

/** A service after one request, whose access line is written. */
async function asked(path: string, headers: Record<string, string>, options?: ObservedOptions) {
  const service = await observed(options);
  services.push(service);
  await (await fetch(service.url + path, { headers })).text();
  await eventually(() => expect(service.logs.at(-1)).toMatchObject({ msg: 'request' }));
  return service;
}

describe('a caller who traces', () => {
  it('finds our span in the trace, below the own one', async () => {
    const { spans } = await asked('/cups/one?token=hunter2', { ...sampled, tracestate: 'a=1,b=2' });
    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({
      name: 'GET /cups/:cupId',
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId, spanId: callersSpanId, isRemote: true },
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/cups/:cupId',
        'http.response.status_code': 200,
        'url.path': '/cups/one',
      },
    });
    const context = spans()[0]?.spanContext();
    expect(context?.traceId).toBe(traceId);
    expect(context?.traceState?.serialize()).toBe('a=1,b=2');
    expect(JSON.stringify(spans()[0]?.attributes)).not.toContain('hunter2');
  });

  it('decides that there is no span, whatever our ratio', async () => {
    expect((await asked('/cups/one', notSampled, { sampleRatio: 1 })).spans()).toEqual([]);
  });

  it('decides nothing where the sampler says so, and the trace goes on', async () => {
    const alone = { isByCaller: false };
    expect((await asked('/cups/one', sampled, { ...alone, sampleRatio: 0 })).spans()).toEqual([]);
    const { spans } = await asked('/cups/one', notSampled, { ...alone, sampleRatio: 1 });
    expect(spans().map((span) => span.spanContext().traceId)).toEqual([traceId]);
  });

  it.each([
    ['sampled', sampled],
    ['not sampled', notSampled],
  ])('finds the trace on every line of the request: %s', async (_what, headers) => {
    const { logs } = await asked('/cups/broken', headers);
    expect(logs.map(({ msg }) => msg)).toEqual(['looking', 'request failed', 'request']);
    for (const line of logs) expect(line).toMatchObject({ traceId });
  });

  it.each([
    ['garbage', 'garbage'],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${callersSpanId}-01`],
    ['an unknown version', `ff-${traceId}-${callersSpanId}-01`],
    ['more than the version allows', `00-${traceId}-${callersSpanId}-01-more`],
  ])('is not believed with %s', async (_what, traceparent) => {
    const { spans, logs } = await asked('/cups/one', { traceparent });
    expect(spans()).toEqual([]);
    for (const line of logs) expect(line).not.toHaveProperty('traceId');
  });
});

describe('a caller who does not trace', () => {
  it('begins no trace at ratio 0', async () => {
    const { spans, logs } = await asked('/cups/one', {});
    expect(spans()).toEqual([]);
    for (const line of logs) expect(line).not.toHaveProperty('traceId');
  });

  it('begins one at ratio 1, and its id is on every line', async () => {
    const { spans, logs } = await asked('/cups/one', {}, { sampleRatio: 1 });
    expect(spans()[0]?.parentSpanContext).toBeUndefined();
    const begun = spans()[0]?.spanContext().traceId;
    expect(logs).toHaveLength(2);
    for (const line of logs) expect(line).toMatchObject({ traceId: begun });
  });
});

describe('a span', () => {
  it('of a failure of ours is an error', async () => {
    const { spans } = await asked('/cups/broken', sampled);
    expect(spans()[0]).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'http.response.status_code': 500, 'error.type': '500' },
    });
  });

  it('of an unknown address is named after the method alone, and is no error', async () => {
    const { spans } = await asked('/made-up', sampled);
    expect(spans()[0]).toMatchObject({ name: 'GET', status: { code: SpanStatusCode.UNSET } });
    expect(spans()[0]?.attributes).not.toHaveProperty('http.route');
  });
});

describe('a slow request', () => {
  it('is told once, as a warning', async () => {
    const { logs } = await asked('/cups/one', {}, { slowRequestMs: 0 });
    const lines = logs.filter(({ msg }) => msg === 'request');
    const slow = { level: 'warn', isSlow: true, thresholdMs: 0, status: 200 };
    expect(lines).toEqual([expect.objectContaining(slow)]);
  });

  it('is none below the limit', async () => {
    const { logs } = await asked('/cups/one', {});
    expect(logs.at(-1)).toMatchObject({ level: 'info', msg: 'request' });
    expect(logs.at(-1)).not.toHaveProperty('isSlow');
  });
});
