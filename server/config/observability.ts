import * as z from 'zod';
import { section } from './section.ts';
import { flag, host, port, ratio, whole } from './values.ts';

export const observability = section({
  settings: {
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    LOG_PRETTY: flag.optional(),
    LOG_BATCH_MS: whole(0, 10_000).default(100),
    SLOW_REQUEST_MS: whole(1, 600_000).default(1_000),
    METRICS_HOST: host.default('127.0.0.1'),
    METRICS_PORT: port.default(9_464),
    TRACE_SAMPLE_RATIO: ratio.default(0.01),
  },
  build: (given) => ({
    logLevel: given.LOG_LEVEL,
    isLogPretty: given.LOG_PRETTY,
    logBatchMs: given.LOG_BATCH_MS,
    slowRequestMs: given.SLOW_REQUEST_MS,
    metricsHost: given.METRICS_HOST,
    metricsPort: given.METRICS_PORT,
    sampleRatio: given.TRACE_SAMPLE_RATIO,
  }),
});
