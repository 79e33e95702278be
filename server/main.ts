import { type App, createApp } from './app.ts';
import { type Config, isProduction, readConfig } from './config.ts';
import { prepareDevelopment } from './development.ts';
import { greeting } from './greeting.ts';
import { assertPortFree, listen } from './listen.ts';
import { pendingMigrations } from './platform/db/migrate.ts';
import { createLog, type Log, prettyDestination } from './platform/observability/log.ts';
import { migrate, seed } from './prepare.ts';
import { describeFailure, StartFailure } from './start-failure.ts';

const stops: (() => Promise<void>)[] = [];
let isStopping = false;

try {
  await start();
} catch (error) {
  process.stderr.write(`\n${describeFailure(error)}\n`);
  await stopAll();
  process.exit(1);
}

async function start(): Promise<void> {
  stopOnSignals();
  const early = readConfig({ DATABASE_URL: 'postgres://later', SECRET_KEYS: ['later'] });
  if (early.PORT !== 0) await assertPortFree(early.PORT, early.HOST);

  const { defaults, embedded } = await prepareDevelopment((line) => process.stdout.write(`${line}\n`));
  if (embedded) stops.push(() => embedded.stop());
  const config = readConfig(defaults);
  const log = await createLogFor(config);
  await prepare(config, log);

  const app = await createApp(config, { log });
  stops.push(() => app.close());
  await listen(app.http, config.PORT, config.HOST);
  stops.push(() => drain(app, config));
  log.info({ port: config.PORT, host: config.HOST }, 'listening');
  if (!isProduction()) {
    process.stdout.write(`${greeting(config, { isEmbedded: embedded !== undefined })}\n`);
  }
}

/** Development brings its database up to date; production refuses to start on an old schema. */
async function prepare(config: Config, log: Log): Promise<void> {
  if (isProduction()) return assertMigrated(config);
  const migrations = await migrate(config);
  await seed(config);
  if (migrations.length > 0) log.info({ migrations }, 'migrated');
}

async function assertMigrated(config: Config): Promise<void> {
  const pending = await pendingMigrations(config.DATABASE_URL);
  if (pending.length === 0) return;
  throw new StartFailure({
    what: 'The database schema is older than this release.',
    why: `These migrations have not run: ${pending.join(', ')}`,
    todo: 'Run `npm run charter -- migrate` and `npm run charter -- seed` once per release.',
  });
}

async function createLogFor({ LOG_LEVEL: level, LOG_PRETTY: pretty }: Config): Promise<Log> {
  const isPretty = pretty ?? (!isProduction() && process.stdout.isTTY === true);
  return createLog({ level }, isPretty ? await prettyDestination() : undefined);
}

/** Readiness fails at once; the load balancer has time to notice before the door closes. */
async function drain(app: App, config: Config): Promise<void> {
  app.drain();
  await new Promise((resolve) => setTimeout(resolve, config.SHUTDOWN_DELAY_SECONDS * 1000));
}

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop());
  }
  // The launcher keeps a channel open: when it is killed, nobody is left to forward a signal.
  process.on('disconnect', () => void stop());
}

async function stop(): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  await stopAll();
  process.exit(0);
}

/** In reverse order of starting. */
async function stopAll(): Promise<void> {
  for (const step of stops.splice(0).reverse()) await step();
}
