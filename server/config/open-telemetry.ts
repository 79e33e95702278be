import * as z from 'zod';
import { section } from './section.ts';
import { collector, keyValues, ratio, whole } from './values.ts';

const hourMs = 3_600_000;
const headers = keyValues.optional();
const timeout = whole(1, hourMs).optional();
const compression = z.enum(['gzip', 'none']).optional();

/**
 * What OpenTelemetry's specification calls its environment variables, by its names. Headers, time-outs and
 * compression are looked at here, and read by the exporters themselves.
 */
export const openTelemetry = section({
  settings: {
    TRACE_SAMPLE_RATIO: ratio.default(0.01),
    OTEL_SDK_DISABLED: z
      .string()
      .regex(/^(true|false)$/i, 'write true or false')
      .transform((value) => value.toLowerCase() === 'true')
      .default(false),
    OTEL_SERVICE_NAME: z.string().min(1).max(200).optional(),
    OTEL_RESOURCE_ATTRIBUTES: keyValues.optional(),
    OTEL_TRACES_SAMPLER: z
      .enum([
        ...(['always_on', 'always_off', 'traceidratio'] as const),
        ...([
          'parentbased_always_on',
          'parentbased_always_off',
          'parentbased_traceidratio',
        ] as const),
      ])
      .optional(),
    OTEL_TRACES_SAMPLER_ARG: ratio.default(1),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: collector.optional(),
    OTEL_EXPORTER_OTLP_HEADERS: headers,
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: headers,
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: headers,
    OTEL_EXPORTER_OTLP_TIMEOUT: timeout,
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: timeout,
    OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: timeout,
    OTEL_EXPORTER_OTLP_COMPRESSION: compression,
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: compression,
    OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: compression,
    OTEL_BSP_SCHEDULE_DELAY: whole(1, hourMs).default(5_000),
    OTEL_BSP_EXPORT_TIMEOUT: whole(1, hourMs).default(30_000),
    OTEL_BSP_MAX_QUEUE_SIZE: whole(1, 1_000_000).default(2_048),
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: whole(1, 1_000_000).default(512),
    OTEL_METRIC_EXPORT_INTERVAL: whole(1, hourMs).default(60_000),
    OTEL_METRIC_EXPORT_TIMEOUT: whole(1, hourMs).default(30_000),
  },
  build: (given) => ({
    sampling: samplingOf(
      given.OTEL_TRACES_SAMPLER,
      given.OTEL_TRACES_SAMPLER_ARG,
      given.TRACE_SAMPLE_RATIO,
    ),
    /** Where spans and metrics are pushed to (OpenTelemetry's "OTLP Exporter Configuration"). */
    otlp: {
      tracesUrl: given.OTEL_SDK_DISABLED
        ? undefined
        : (given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? below(given, 'v1/traces')),
      metricsUrl: given.OTEL_SDK_DISABLED
        ? undefined
        : (given.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT ?? below(given, 'v1/metrics')),
      resource: {
        ...given.OTEL_RESOURCE_ATTRIBUTES,
        ...(given.OTEL_SERVICE_NAME !== undefined && { 'service.name': given.OTEL_SERVICE_NAME }),
      },
      batches: {
        scheduledDelayMillis: given.OTEL_BSP_SCHEDULE_DELAY,
        exportTimeoutMillis: given.OTEL_BSP_EXPORT_TIMEOUT,
        maxQueueSize: given.OTEL_BSP_MAX_QUEUE_SIZE,
        maxExportBatchSize: Math.min(
          given.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
          given.OTEL_BSP_MAX_QUEUE_SIZE,
        ),
      },
      rounds: {
        exportIntervalMillis: given.OTEL_METRIC_EXPORT_INTERVAL,
        // One round ends before the next begins.
        exportTimeoutMillis: Math.min(
          given.OTEL_METRIC_EXPORT_TIMEOUT,
          given.OTEL_METRIC_EXPORT_INTERVAL,
        ),
      },
    },
  }),
});

type Sampler = `${'parentbased_' | ''}${'always_on' | 'always_off' | 'traceidratio'}`;

/** OpenTelemetry's sampler, where one is named; else ours. */
function samplingOf(sampler: Sampler | undefined, arg: number, ours: number) {
  if (sampler === undefined) return { sampleRatio: ours, isByCaller: true };
  const isByCaller = sampler.startsWith('parentbased_');
  if (sampler.endsWith('traceidratio')) return { sampleRatio: arg, isByCaller };
  return { sampleRatio: sampler.endsWith('always_on') ? 1 : 0, isByCaller };
}

function below(
  { OTEL_EXPORTER_OTLP_ENDPOINT: url }: { OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined },
  path: string,
): string | undefined {
  return url && `${url.replace(/\/$/, '')}/${path}`;
}
