import { createServer } from 'node:http';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { PrometheusReader } from '../../../server/platform/observability/prometheus.ts';
import { createTelemetry } from '../../../server/platform/observability/telemetry.ts';
import { recordingLog } from '../../kit/app.ts';
import { addressOf, scrape } from '../../kit/scrape.ts';

const { log, logs } = recordingLog();
const telemetry = createTelemetry({ sampleRatio: 0, log });
const state = { waiting: 7, oldestWaitingSeconds: 0, dead: 0 };
const read = vi.fn(async () => state);
telemetry.jobs.watch(read);
afterAll(() => telemetry.close());
beforeEach(() => void logs.splice(0));

const ask = () => scrape(telemetry.metricsServer);
const waits = expect.stringMatching(/^charter_jobs_waiting\b.* 7$/);
const counted = expect.stringMatching(/^charter_log_dropped_total\b/);

it('leaves out what cannot be read, and says so once until it can', async () => {
  expect(await ask()).toEqual(expect.arrayContaining([waits, counted]));
  for (const _outage of [1, 2]) {
    logs.splice(0);
    read.mockRejectedValue(new Error('the database is away'));
    for (const _scrape of [1, 2]) {
      const lines = await ask();
      expect(lines).toContainEqual(counted);
      expect(lines).not.toContainEqual(expect.stringMatching(/^charter_jobs/));
    }
    expect(logs).toMatchObject([{ level: 'warn', err: { message: 'the database is away' } }]);
    read.mockResolvedValue(state);
    expect(await ask()).toContainEqual(waits);
  }
});

it('does not wait for what does not come', async () => {
  const reader = new PrometheusReader(log, [], 20);
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter('test');
  const never = Promise.withResolvers<void>();
  meter.createObservableGauge('hanging').addCallback(() => never.promise);
  meter.createObservableGauge('known').addCallback((result) => result.observe(1));
  const server = createServer((_req, res) => void reader.answer(res));
  expect(await scrape(server)).toEqual([expect.stringMatching(/^known\b.* 1$/)]);
  expect(logs).toMatchObject([{ level: 'warn' }]);
  never.resolve();
  server.close();
  await provider.shutdown();
});

it('answers all who ask at once alike, and whole', async () => {
  const answers = await Promise.all([ask(), ask(), ask()]);
  for (const lines of answers) expect(lines).toEqual(expect.arrayContaining([waits, counted]));
});

it('answers 500 where nothing can be read, and says so once', async () => {
  const collect = vi.spyOn(telemetry.requests.durations, 'collect');
  collect.mockRejectedValue(new Error('the histogram is broken'));
  const url = `${await addressOf(telemetry.metricsServer)}/metrics`;
  for (const _scrape of [1, 2]) expect((await fetch(url)).status).toBe(500);
  expect(logs).toMatchObject([{ level: 'error', err: { message: 'the histogram is broken' } }]);
  collect.mockRestore();
  expect(await ask()).toContainEqual(waits);
  expect(logs).toHaveLength(1);
});
