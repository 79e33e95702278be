import type { AppRouter } from '@ts-rest/core';
import { createApp } from '../../../../server/app.ts';
import { readConfig } from '../../../../server/config/config.ts';
import { createLog } from '../../../../server/platform/observability/log.ts';
import type { Services } from '../../../../server/services.ts';
import { announce } from '../announce.ts';
import { createTracing } from './tracing.ts';

export interface Mounted {
  readonly contract: Record<string, AppRouter>;
  readonly handlers: Record<string, object>;
}

/**
 * The service as production starts it (`server/main.ts`), everything on: the settings stand in
 * `world/settings.ts`, and the endpoints of the benchmark beside its own.
 */
export async function startCharter(mount: (services: Services) => Mounted): Promise<void> {
  const config = readConfig();
  const { LOG_LEVEL: level, LOG_BATCH_MS: batchMs, LOG_BUFFER_BYTES: limitBytes } = config;
  const log = createLog({ level, batchMs, limitBytes });
  const app = await createApp(config, { log, tracerProvider: createTracing(), mount });
  app.metrics.listen(0, '127.0.0.1');
  announce(app.http);
}
