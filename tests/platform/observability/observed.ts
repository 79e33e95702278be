import { createServer } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import * as z from 'zod';
import { anyone } from '../../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../../contract/kit/api.ts';
import { createDispatcher } from '../../../server/http/dispatcher.ts';
import { Files } from '../../../server/operations/files.ts';
import { CallLimits } from '../../../server/operations/limits.ts';
import { compilePlans } from '../../../server/operations/plans.ts';
import { createRefusals } from '../../../server/operations/refusal.ts';
import { createTelemetry } from '../../../server/platform/observability/telemetry.ts';
import { publicUrl, recordingLog, testConfig } from '../../kit/app.ts';
import { addressOf, scrape } from '../../kit/scrape.ts';

const contract = c.router({
  cups: c.router(
    {
      get: {
        method: 'GET',
        path: '/:cupId',
        summary: 'Get a cup',
        description: 'Answers a cup.',
        pathParams: z.object({ cupId: z.string() }),
        query: z.object({ token: z.string().optional() }),
        responses: { 200: z.object({ isFull: z.boolean() }) },
        metadata: { access: anyone },
      },
    } satisfies Endpoints,
    under('/cups'),
  ),
});

export interface ObservedOptions {
  readonly sampleRatio?: number;
  readonly isByCaller?: boolean;
  readonly slowRequestMs?: number;
  readonly isTimingTold?: boolean;
}

/**
 * The walk of a request with everything that watches it, and an operation that logs a line. It
 * fails for the cup `broken`, and waits for `fill` where the cup is `empty`.
 */
export async function observed({
  sampleRatio = 0,
  isByCaller = true,
  slowRequestMs = 60_000,
  isTimingTold = false,
}: ObservedOptions = {}) {
  const { log, logs } = recordingLog();
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({
    // As in `otlp.ts`: whatever begins a span was sampled already.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const telemetry = createTelemetry({
    sampleRatio,
    isByCaller,
    tracerProvider,
    metricsHosts: ['charter'],
    log: Object.assign(log, { droppedLines: () => 3 }),
  });
  const config = testConfig('postgres://unused');
  const observability = { ...config.observability, slowRequestMs, isTimingTold };
  const filled = Promise.withResolvers<void>();
  const get = async ({ params: { cupId } }: { params: { cupId: string } }) => {
    log.info({ cupId }, 'looking');
    if (cupId === 'broken') throw new Error('The cup is broken');
    if (cupId === 'empty') await filled.promise;
    return { status: 200, body: { isFull: true } };
  };
  const perMinute = { address: 1e4, credentials: 1e4, write: 1e4, read: 1e4 };
  const limits = new CallLimits(perMinute, telemetry.limits);
  const guard = () => ({ authenticate: () => undefined, authorize: () => {} });
  const service = createServer(
    createDispatcher(
      {
        config: { ...config, observability },
        log,
        telemetry,
        stopping: new AbortController().signal,
      },
      {
        contract,
        operations: {
          plans: compilePlans({ contract, handlers: { cups: { get } }, guard, limits }),
          limits,
          files: new Files(1_024, telemetry.uploads),
          refusals: createRefusals({ constraints: {}, publicUrl, log, onRefused: async () => {} }),
        },
        mountPages: () => {},
      },
    ),
  );
  const url = await addressOf(service);
  const metricsUrl = await addressOf(telemetry.metricsServer);
  return {
    url,
    metricsUrl,
    telemetry,
    logs,
    fill: filled.resolve,
    /** Those of requests, without the steps below them. */
    spans: () => exporter.getFinishedSpans().filter(({ kind }) => kind === SpanKind.SERVER),
    scrape: () => scrape(telemetry.metricsServer),
    close: async () => {
      service.closeAllConnections();
      service.close();
      await telemetry.close();
    },
  };
}
