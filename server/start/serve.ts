import { type App, createApp } from '../app.ts';
import { type Config, configurationWarnings, isProduction, readConfig } from '../config.ts';
import { createLog, type Log, prettyLines } from '../platform/observability/log.ts';
import { prepareDevelopment } from './development.ts';
import { metricsDoor, serviceDoor } from './doors.ts';
import { greeting } from './greeting.ts';
import type { Lifetime } from './lifetime.ts';
import { assertPortsFree, listen, listenForMetrics } from './listen.ts';
import { assertKeys, assertMigrated, migrate, seed } from './prepare.ts';

/** From nothing to a service that listens. What was started is undone by the end of the lifetime. */
export async function serve(lifetime: Lifetime): Promise<void> {
  const early = readConfig({ DATABASE_URL: 'postgres://later', SECRET_KEYS: ['later'] });
  await assertPortsFree([serviceDoor(early), metricsDoor(early)]);

  const say = (line: string) => process.stdout.write(`${line}\n`);
  const { defaults, embedded } = await prepareDevelopment(say, lifetime.signal);
  lifetime.onEnd(() => embedded?.stop());
  const config = readConfig(defaults);
  const log = await createLogFor(config);
  for (const warning of configurationWarnings(config)) log.warn(warning);
  await lifetime.unlessEnding(prepare(config, log));

  const app = await lifetime.unlessEnding(createApp(config, { log }));
  lifetime.onEnd(() => app.close());
  const port = await listen(app.http, serviceDoor(config));
  const metricsPort = await listenForMetrics(app.metrics, metricsDoor(config));
  lifetime.onEnd(() => drain(app, config));
  log.info({ port, host: config.HOST }, 'listening');
  if (!isProduction()) {
    say(greeting(config, { isEmbedded: embedded !== undefined, metricsPort }));
  }
}

/** Development brings its database up to date; production refuses to start on an old schema. */
async function prepare(config: Config, log: Log): Promise<void> {
  if (isProduction()) {
    await assertMigrated(config);
  } else {
    const migrations = await migrate(config);
    await seed(config);
    if (migrations.length > 0) log.info({ migrations }, 'migrated');
  }
  await assertKeys(config);
}

async function createLogFor(config: Config): Promise<Log> {
  const { LOG_LEVEL: level, LOG_BUFFER_BYTES: limitBytes, LOG_BATCH_MS: batchMs } = config;
  const isPretty = config.LOG_PRETTY ?? (!isProduction() && process.stdout.isTTY === true);
  // Whoever looks on does not want to wait.
  const lines = isPretty ? { print: await prettyLines() } : { batchMs };
  return createLog({ level, limitBytes, ...lines });
}

/** Readiness fails at once; the load balancer has time to notice before the door closes. */
async function drain(app: App, config: Config): Promise<void> {
  app.drain();
  await new Promise((resolve) => setTimeout(resolve, config.SHUTDOWN_DELAY_SECONDS * 1000));
}
