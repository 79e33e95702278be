import * as z from 'zod';
import { section } from './section.ts';
import { csv, flag, host, hostName, port, whole } from './values.ts';

/** In development another port does as well when this one is taken. */
export const defaultMetricsPort = 9_464;

export const observability = section({
  settings: {
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    LOG_PRETTY: flag.optional(),
    LOG_BATCH_MS: whole(0, 10_000).default(100),
    LOG_BUFFER_BYTES: whole(65_536, 1_073_741_824).default(1_048_576),
    SLOW_REQUEST_MS: whole(1, 600_000).default(1_000),
    SERVER_TIMING: flag.default(false),
    METRICS_HOST: host.default('127.0.0.1'),
    METRICS_HOSTS: csv.pipe(z.array(hostName)).default([]),
    METRICS_PORT: port.default(defaultMetricsPort),
  },
  build: (given) => ({
    logLevel: given.LOG_LEVEL,
    isLogPretty: given.LOG_PRETTY,
    logBatchMs: given.LOG_BATCH_MS,
    logBufferBytes: given.LOG_BUFFER_BYTES,
    slowRequestMs: given.SLOW_REQUEST_MS,
    /** Whether answers say how long their steps took. */
    isTimingTold: given.SERVER_TIMING,
    metricsHost: given.METRICS_HOST,
    /** The names under which the metrics may be asked for, besides `localhost` and addresses. */
    metricsHosts: [given.METRICS_HOST, ...given.METRICS_HOSTS],
    metricsPort: given.METRICS_PORT,
  }),
});
