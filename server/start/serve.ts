import { createApp } from '../app.ts';
import { configurationWarnings, readConfig, readEarlyConfig } from '../config/config.ts';
import { type Env, environment } from '../config/environment.ts';
import { openOtlp } from '../platform/observability/otlp.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import type { Vault } from '../platform/secrets/vault/vault.ts';
import { beginWork } from '../worker/begin-work.ts';
import { metricsDoor, serviceDoor } from './doors.ts';
import { explained } from './failure.ts';
import { assertPortsFree } from './free-ports.ts';
import type { Lifetime } from './lifetime.ts';
import { listen, listenForMetrics } from './listen.ts';
import { createLogFor } from './log.ts';
import { assertKeys, assertMigrated, ensureSigningKey, migrate } from './prepare.ts';
import { readSecrets } from './read-secrets.ts';

/** From nothing to a service that listens. What was started is undone by the end of the lifetime. */
export async function serve(lifetime: Lifetime): Promise<void> {
  const { env, vault } = await readSecrets(environment(), lifetime.signal);
  lifetime.onEnd(() => vault?.close());
  lifetime.signal.throwIfAborted();
  await serveWith(env, vault, lifetime).catch((error: unknown) => {
    throw explained(error, env);
  });
}

async function serveWith(env: Env, vault: Vault | undefined, lifetime: Lifetime): Promise<void> {
  const early = readEarlyConfig(env);
  const doors = { service: serviceDoor(early), metrics: metricsDoor(early) };
  await assertPortsFree([doors.service, doors.metrics]);

  const say = (line: string) => process.stdout.write(`${line}\n`);
  const development = early.isProduction ? undefined : await loadDevelopment();
  const { defaults = {}, embedded } =
    (await development?.prepareDevelopment(say, env, lifetime.signal)) ?? {};
  lifetime.onEnd(() => embedded?.stop());
  const config = readConfig(defaults, env);
  const warnings = configurationWarnings(config);
  const log = await createLogFor(config);
  const collector = await openOtlp(config.openTelemetry.otlp, log);
  lifetime.onEnd(() => collector.close());
  const platform = openPlatform(config, { log, vault, ...collector });
  lifetime.onEnd(() => platform.close());
  for (const warning of warnings) platform.log.warn(warning);
  await lifetime.unlessEnding(prepare(platform));

  const app = await lifetime.unlessEnding(createApp(platform));
  lifetime.onEnd(() => app.close());
  const port = await listen(app.http, doors.service);
  const metricsPort = await listenForMetrics(platform.telemetry.metricsServer, doors.metrics);
  lifetime.onEnd(() => drain(platform));
  platform.log.info({ port, host: config.http.host }, 'listening');
  if (config.jobs.inApi) void beginWork(platform);
  if (development) {
    say(development.greeting(config, { isEmbedded: embedded !== undefined, metricsPort }));
  }
}

/** What production starts without. */
async function loadDevelopment() {
  const [{ prepareDevelopment }, { greeting }] = await Promise.all([
    import('../development/development.ts'),
    import('../development/greeting.ts'),
  ]);
  return { prepareDevelopment, greeting };
}

/** Development brings its database up to date; production refuses to start on an old schema. */
async function prepare(platform: Platform): Promise<void> {
  if (platform.config.isProduction) {
    await assertMigrated(platform);
  } else {
    const { migrations } = await migrate(platform);
    await ensureSigningKey(platform);
    if (migrations.length > 0) platform.log.info({ migrations }, 'migrated');
  }
  await assertKeys(platform);
}

/** Readiness fails at once; the load balancer has time to notice before the door closes. */
async function drain(platform: Platform): Promise<void> {
  platform.drain();
  const delayMs = platform.config.http.shutdownDelaySeconds * 1000;
  await new Promise((resolve) => setTimeout(resolve, delayMs));
}
