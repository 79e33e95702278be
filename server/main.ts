import { type App, createApp } from './app.ts';
import { type Config, configurationWarnings, isProduction, readConfig } from './config.ts';
import { readSigningKeys } from './platform/auth/signing-keys.ts';
import { connect } from './platform/db/connect.ts';
import { pendingMigrations } from './platform/db/migrate.ts';
import { createLog, type Log, prettyLines } from './platform/observability/log.ts';
import { SealedByOtherKey, SecretKeys } from './platform/secrets/secret-keys.ts';
import { prepareDevelopment } from './start/development.ts';
import { describeFailure, StartFailure } from './start/failure.ts';
import { greeting } from './start/greeting.ts';
import { assertPortFree, listen, metricsDoor } from './start/listen.ts';
import { migrate, seed } from './start/prepare.ts';

const stops: (() => Promise<void>)[] = [];
let stoppingSince: number | undefined;

try {
  await start();
} catch (error) {
  if (stoppingSince === undefined) {
    process.stderr.write(`\n${describeFailure(error)}\n`);
    await stopAll();
    process.exit(1);
  }
}

async function start(): Promise<void> {
  stopOnSignals();
  const early = readConfig({ DATABASE_URL: 'postgres://later', SECRET_KEYS: ['later'] });
  if (early.PORT !== 0) await assertPortFree(early.PORT, early.HOST);
  if (early.METRICS_PORT !== 0) {
    await assertPortFree(early.METRICS_PORT, early.METRICS_HOST, metricsDoor);
  }

  // Registered before it is awaited: a Ctrl-C in the middle must not leave a server behind.
  const preparing = prepareDevelopment((line) => process.stdout.write(`${line}\n`));
  stops.push(async () => (await preparing).embedded?.stop());
  const { defaults, embedded } = await preparing;
  const config = readConfig(defaults);
  const log = await createLogFor(config);
  for (const warning of configurationWarnings(config)) log.warn(warning);
  await prepare(config, log);
  await assertKeys(config);

  const app = await createApp(config, { log });
  stops.push(() => app.close());
  if (config.METRICS_PORT !== 0) {
    await listen(app.metrics, config.METRICS_PORT, config.METRICS_HOST, metricsDoor);
  }
  const port = await listen(app.http, config.PORT, config.HOST);
  stops.push(() => drain(app, config));
  log.info({ port, host: config.HOST }, 'listening');
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

/** Without a key nobody could sign in, and nobody would know why. */
async function assertKeys({ DATABASE_URL: url, SECRET_KEYS }: Config): Promise<void> {
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 10_000 });
  try {
    const keys = await readSigningKeys(db, new SecretKeys(SECRET_KEYS), new Date()).catch(
      (error: unknown) => {
        if (!(error instanceof SealedByOtherKey)) throw error;
        throw new StartFailure({
          what: 'The signing keys cannot be opened.',
          why: 'They were sealed by a secret that is not in SECRET_KEYS.',
          todo: 'Put the older secret back, after the newer one. Once `charter keys rotate` has retired the old keys, it can go.',
        });
      },
    );
    if (keys.length > 0) return;
    throw new StartFailure({
      what: 'There is no signing key.',
      why: 'The database was migrated, but not seeded.',
      todo: 'Run `npm run charter -- seed` once.',
    });
  } finally {
    await db.destroy();
  }
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

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The launcher keeps a channel open: when it is killed, nobody is left to forward a signal.
  process.on('disconnect', stop);
  // A closed terminal must not end the process before it has stopped.
  process.stdout.on('error', () => {});
}

// One gesture may arrive as several signals; only a later one means "now".
const gestureMs = 2_000;

function stop(): void {
  if (stoppingSince !== undefined) {
    if (performance.now() - stoppingSince > gestureMs) process.exit(1);
    return;
  }
  stoppingSince = performance.now();
  void stopAll()
    .catch((error: unknown) => process.stderr.write(`${describeFailure(error)}\n`))
    .then(() => process.exit(0));
}

/** In reverse order of starting. */
async function stopAll(): Promise<void> {
  for (const step of stops.splice(0).reverse()) await step();
}
