import { randomUUIDv7 } from 'node:crypto';
import { type Config, readConfig, readEarlyConfig } from '../config/config.ts';
import {
  databaseUrl,
  type Env,
  environment,
  hasSecrets,
  isProduction,
} from '../config/environment.ts';
import {
  developmentSecret,
  prepareDevelopment,
  runningEmbedded,
} from '../development/development.ts';
import { type Features, openFeatures } from '../features.ts';
import { runInCall } from '../platform/observability/call-context.ts';
import { createLog } from '../platform/observability/log.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import type { Vault } from '../platform/secrets/vault/vault.ts';
import { endingSignal } from '../start/ending-signal.ts';
import { explained } from '../start/failure.ts';
import { assertMigrated } from '../start/prepare.ts';
import { type ReadSecrets, readSecrets } from '../start/read-secrets.ts';
import { introduce } from '../worker/introduce.ts';
import type { Terminal } from './terminal.ts';

type Work<Result> = (config: Config, vault: Vault | undefined) => Promise<Result>;

/**
 * Runs a command with the configuration of the service: the environment's database, or the
 * embedded server. One that runs is shared; one that does not is started for the command only.
 */
export async function withConfig<Result>(terminal: Terminal, work: Work<Result>): Promise<Result> {
  const { env, vault } = await secretsUnlessEnding();
  try {
    readEarlyConfig(env);
    return await withDatabase(terminal, env, (config) => work(config, vault));
  } catch (error) {
    throw explained(error, env);
  } finally {
    await vault?.close();
  }
}

/** Told to end meanwhile, the command ends by the signal, as at any other moment: nothing was done. */
export async function secretsUnlessEnding(): Promise<ReadSecrets> {
  const ending = endingSignal();
  const { signal } = ending;
  try {
    return await readSecrets(environment(), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    ending[Symbol.dispose]();
    process.kill(process.pid, signal.reason as NodeJS.Signals);
    return await new Promise<never>(() => {});
  } finally {
    ending[Symbol.dispose]();
  }
}

async function withDatabase<Result>(
  terminal: Terminal,
  env: Env,
  work: (config: Config) => Promise<Result>,
): Promise<Result> {
  if (isProduction(env) || databaseUrl(env) !== undefined) return work(await sharedConfig(env));
  const running = await runningEmbedded();
  if (running !== undefined) return work(await sharedConfig(env, running));
  const { defaults, embedded } = await prepareDevelopment(terminal.err, env);
  try {
    return await work(readConfig(defaults, env));
  } finally {
    await embedded?.stop();
  }
}

/**
 * Runs a command on the platform that the service stands on, too. Log and audit know it by its name,
 * such as `admin create`.
 */
export function withPlatform<Result>(
  terminal: Terminal,
  task: string,
  work: (platform: Platform) => Promise<Result>,
): Promise<Result> {
  return withConfig(terminal, async (config, vault) => {
    const log = createLog({ level: 'silent', limitBytes: config.observability.logBufferBytes });
    const platform = openPlatform(config, { log, vault });
    try {
      return await runInCall(commandCall(task), () => work(platform));
    } finally {
      await platform.close();
    }
  });
}

/** Runs a command on the features of the service. */
export function withFeatures<Result>(
  terminal: Terminal,
  task: string,
  work: (features: Features, platform: Platform) => Promise<Result>,
): Promise<Result> {
  return withPlatform(terminal, task, async (platform) => {
    await assertMigrated(platform);
    const features = openFeatures(platform);
    await introduce(platform, features);
    return work(features, platform);
  });
}

/** Whoever may run commands needs no permission: whatever one changes is worth a look. */
const marks = { safety: true, compliance: true };

function commandCall(task: string) {
  const call = { id: randomUUIDv7(), task, marks, address: '', userAgent: null };
  return { ...call, origin: 'command', span: undefined } as const;
}

async function sharedConfig(env: Env, url?: string): Promise<Config> {
  if (isProduction(env)) return readConfig({}, env);
  const defaults = {
    ...(!hasSecrets(env) && { SECRET_KEYS: await developmentSecret() }),
    ...(url !== undefined && { DATABASE_URL: url }),
  };
  return readConfig(defaults, env);
}
