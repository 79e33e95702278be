import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TracerProvider } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type {
  PeriodicExportingMetricReaderOptions,
  PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import type { BatchSpanProcessorOptions } from '@opentelemetry/sdk-trace';
import { service } from '../../../contract/service.ts';
import type { Log } from './log.ts';

export interface OtlpOptions {
  /** Where spans go; nowhere without it. */
  readonly tracesUrl: string | undefined;
  /** Where metrics go, beside whoever asks for them. */
  readonly metricsUrl: string | undefined;
  /** Who sends: what an operator adds to our own name. */
  readonly resource?: Readonly<Record<string, string>>;
  /** How spans are collected, and how often metrics are sent. */
  readonly batches?: Batches;
  readonly rounds?: Rounds;
}

type Batches = Omit<BatchSpanProcessorOptions, 'exporter'>;
type Rounds = Pick<
  PeriodicExportingMetricReaderOptions,
  'exportIntervalMillis' | 'exportTimeoutMillis'
>;

export interface Otlp {
  readonly tracerProvider: TracerProvider | undefined;
  readonly metrics:
    | {
        readonly metricExporter: PushMetricExporter;
        readonly resource: Resource;
        readonly rounds: Rounds;
      }
    | undefined;
  /** Sends what waits. To be called when the spans have ended. */
  readonly close: () => Promise<void>;
}

/**
 * Pushes spans and metrics to a collector, by OTLP over HTTP. Its libraries read the variables of headers,
 * time-outs, compression and certificates by themselves. Nothing of it is loaded where nobody collects.
 */
export async function openOtlp(options: OtlpOptions, log: Told): Promise<Otlp> {
  const { tracesUrl, metricsUrl, batches = {}, rounds = {} } = options;
  if (tracesUrl === undefined && metricsUrl === undefined) return nobodyCollects;
  const resource = await resourceOf(options.resource);
  const tracing = { resource, batches, log };
  const tracerProvider = tracesUrl ? await openTraces(tracesUrl, tracing) : undefined;
  const metricExporter = metricsUrl ? await openMetrics(metricsUrl, log) : undefined;
  return {
    tracerProvider,
    metrics: metricExporter && { metricExporter, resource, rounds },
    close: async () => {
      // A collector that is away must not keep the process from ending; the log knows of it.
      const sent = tracerProvider?.shutdown().catch(() => {});
      await Promise.race([sent, pause(patienceMs, undefined, { ref: false })]);
    },
  };
}

/** How long the end waits for a collector: for the last metrics, and then for the last spans. */
export const patienceMs = 1_500;

const nobodyCollects: Otlp = {
  tracerProvider: undefined,
  metrics: undefined,
  close: async () => {},
};

type Told = Pick<Log, 'warn' | 'info'>;

interface TracingParts {
  readonly resource: Resource;
  readonly batches: Batches;
  readonly log: Told;
}

async function openTraces(url: string, { resource, batches, log }: TracingParts) {
  const [{ AlwaysOnSampler, BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const exporter = noting(new OTLPTraceExporter({ url }), 'spans', log);
  // Whatever begins a span was sampled already (`tracing.ts`).
  const sampler = new AlwaysOnSampler();
  return new TracerProvider({
    resource,
    sampler,
    spanProcessors: [new BatchSpanProcessor({ ...batches, exporter })],
  });
}

async function openMetrics(url: string, log: Told) {
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
  return noting(new OTLPMetricExporter({ url }), 'metrics', log);
}

/** What an operator says, before our own name; and which of the processes this one is. */
async function resourceOf(said: Readonly<Record<string, string>> = {}): Promise<Resource> {
  const resources = await import('@opentelemetry/resources');
  const instance = { 'service.instance.id': randomUUID() };
  const attributes = { 'service.name': service.name, ...instance, ...said };
  return resources.defaultResource().merge(resources.resourceFromAttributes(attributes));
}

interface Exporter {
  export(items: never, done: (result: ExportResult) => void): void;
}

/** Tells when a collector goes away and when it is back, and not with every batch. */
function noting<Kind extends Exporter>(exporter: Kind, what: string, log: Told): Kind {
  const send: Exporter['export'] = exporter.export.bind(exporter);
  let isAway = false;
  exporter.export = (items, done) =>
    send(items, (result) => {
      const isLost = result.code === ExportResultCode.FAILED;
      if (isLost && !isAway) log.warn({ err: result.error }, `the collector takes no ${what}`);
      if (!isLost && isAway) log.info(`the collector takes ${what} again`);
      isAway = isLost;
      done(result);
    });
  return exporter;
}
