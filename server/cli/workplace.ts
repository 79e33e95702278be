import { type Config, databaseUrl, hasSecrets, isProduction, readConfig } from '../config.ts';
import { systemClock } from '../platform/clock.ts';
import { createLog } from '../platform/observability/log.ts';
import { createServices, type Services } from '../services.ts';
import { developmentSecret, prepareDevelopment, runningEmbedded } from '../start/development.ts';
import { assertMigrated } from '../start/prepare.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs a command with the configuration of the service: the environment's database, or the
 * embedded server. One that runs is shared; one that does not is started for the command only.
 */
export async function withConfig<Result>(
  terminal: Terminal,
  work: (config: Config) => Promise<Result>,
): Promise<Result> {
  if (isProduction() || databaseUrl() !== undefined) return work(await sharedConfig());
  const running = await runningEmbedded();
  if (running !== undefined) return work(await sharedConfig(running));
  const { defaults, embedded } = await prepareDevelopment(terminal.err);
  try {
    return await work(readConfig(defaults));
  } finally {
    await embedded?.stop();
  }
}

/** Runs a command on the services that the HTTP server stands on, too. */
export function withServices<Result>(
  terminal: Terminal,
  work: (services: Services, config: Config) => Promise<Result>,
): Promise<Result> {
  return withConfig(terminal, async (config) => {
    await assertMigrated(config);
    const services = createServices(config, systemClock, createLog({ level: 'silent' }));
    try {
      return await work(services, config);
    } finally {
      await services.db.destroy();
    }
  });
}

async function sharedConfig(url?: string): Promise<Config> {
  if (isProduction()) return readConfig();
  return readConfig({
    ...(!hasSecrets() && { SECRET_KEYS: [await developmentSecret()] }),
    ...(url !== undefined && { DATABASE_URL: url }),
  });
}
