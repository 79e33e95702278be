import { createApp, type Mount } from '../../../../server/app.ts';
import { readConfig } from '../../../../server/config/config.ts';
import { createLog } from '../../../../server/platform/observability/log.ts';
import { openOtlp } from '../../../../server/platform/observability/otlp.ts';
import { openPlatform } from '../../../../server/platform/platform.ts';
import { announce } from '../announce.ts';
import { createTracing } from './tracing.ts';

/**
 * The service as production starts it (`server/start/serve.ts`), everything on: the settings stand
 * in `world/settings.ts`, and the endpoints of the benchmark beside its own.
 */
export async function startCharter(mount: Mount): Promise<void> {
  const config = readConfig();
  const { logLevel: level, logBatchMs: batchMs, logBufferBytes: limitBytes } = config.observability;
  const log = createLog({ level, batchMs, limitBytes });
  const collector = await openOtlp(config.openTelemetry.otlp, log);
  // Without one, spans are made all the same: a service that is watched is what is compared.
  const tracerProvider = process.env.BENCH_UNTRACED
    ? undefined
    : (collector.tracerProvider ?? createTracing());
  const platform = openPlatform(config, { log, tracerProvider });
  const app = await createApp(platform, mount);
  platform.telemetry.metricsServer.listen(0, '127.0.0.1');
  announce(app.http);
}
