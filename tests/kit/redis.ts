import { onTestFinished } from 'vitest';
import { createTelemetry } from '../../server/platform/observability/telemetry.ts';
import { Redis } from '../../server/platform/redis/redis.ts';
import { recordingLog, testConfig } from './app.ts';
import { scrape } from './scrape.ts';

/** Redis as a process of the service has it, with its log and its metrics; closed with the test. */
export async function openRedis(settings: Record<string, string>) {
  const { redis: config } = testConfig('postgres://nowhere.invalid/charter', settings);
  if (!config) throw new Error('These settings name no Redis');
  const { log, logs } = recordingLog();
  const telemetry = createTelemetry({ sampleRatio: 0, log });
  const redis = new Redis({ config, log, metrics: telemetry.redis });
  onTestFinished(async () => {
    await redis.close();
    await telemetry.close();
  });
  await redis.start();
  return {
    redis,
    telemetry,
    /** How many lines of its log are like this. */
    said: (msg: RegExp) => logs.filter((line) => msg.test(line.msg)).length,
    scrape: () => scrape(telemetry.metricsServer),
  };
}
