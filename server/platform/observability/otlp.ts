import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TracerProvider } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { service } from '../../../contract/service.ts';
import type { Log } from './log.ts';

export interface OtlpOptions {
  /** Where spans go; nowhere without it. */
  readonly tracesUrl: string | undefined;
  /** Where metrics go, beside whoever asks for them. */
  readonly metricsUrl: string | undefined;
  readonly serviceName: string | undefined;
}

export interface Otlp {
  readonly tracerProvider: TracerProvider | undefined;
  readonly metrics:
    | { readonly metricExporter: PushMetricExporter; readonly resource: Resource }
    | undefined;
  /** Sends what waits. To be called when the spans have ended. */
  readonly close: () => Promise<void>;
}

/**
 * Pushes spans and metrics to a collector, by OTLP over HTTP. Its libraries read the other variables of
 * OTLP by themselves, such as `OTEL_EXPORTER_OTLP_HEADERS`. Nothing of it is loaded where nobody collects.
 */
export async function openOtlp(options: OtlpOptions, log: Told): Promise<Otlp> {
  const { tracesUrl, metricsUrl, serviceName } = options;
  if (tracesUrl === undefined && metricsUrl === undefined) return nobodyCollects;
  const resource = await resourceOf(serviceName);
  const tracerProvider = tracesUrl ? await openTraces(tracesUrl, resource, log) : undefined;
  const metricExporter = metricsUrl ? await openMetrics(metricsUrl, log) : undefined;
  return {
    tracerProvider,
    metrics: metricExporter && { metricExporter, resource },
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

async function openTraces(url: string, resource: Resource, log: Told) {
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
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

async function openMetrics(url: string, log: Told) {
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
  return noting(new OTLPMetricExporter({ url }), 'metrics', log);
}

/** Who sends: an operator's name for the service, and which of its processes this one is. */
async function resourceOf(serviceName: string = service.name): Promise<Resource> {
  const resources = await import('@opentelemetry/resources');
  return resources
    .defaultResource()
    .merge(resources.detectResources({ detectors: [resources.envDetector] }))
    .merge(
      resources.resourceFromAttributes({
        'service.name': serviceName,
        'service.instance.id': randomUUID(),
      }),
    );
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
