import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { type Config, ConfigError, configurationWarnings } from '../config/config.ts';
import type { Database } from '../platform/db/connect.ts';
import type { Databases } from '../platform/db/databases.ts';
import { readSchemaState } from '../platform/db/schema-state.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { VaultFailure } from '../platform/secrets/vault/vault-failure.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { StorageFailure } from '../platform/storage/storage-failure.ts';
import { describeFailure } from '../start/failure.ts';
import { redisAdvice } from '../start/redis-failures.ts';
import { signingKeyFinding, workFindings } from './doctor-work.ts';
import type { Finding } from './finding.ts';
import { replicaFinding } from './replica-finding.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { vaultFindings } from './vault-findings.ts';
import { withPlatform } from './workplace.ts';

export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description(
      'Checks runtime, configuration, database and what waits for workers, and says what to do.',
    )
    .option('--json', 'write the findings as JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(terminal);
      const isWell = findings.every(({ ok }) => ok);
      if (!json) for (const finding of findings) terminal.out(line(finding));
      if (!isWell) throw new CommandFailure('Not everything is in order.', { findings });
      if (json) terminal.out(JSON.stringify({ ok: true, findings }));
    });
}

async function examine(terminal: Terminal): Promise<Finding[]> {
  try {
    return await withPlatform(terminal, 'doctor', async (platform) => {
      const { config, db, databases, redis, storage, vault } = platform;
      return [
        runtime(),
        configuration(config),
        ...(vault ? await vaultFindings(vault) : []),
        await serverVersion(db),
        ...(await wayToServer(databases)),
        ...(databases.replica ? [await replicaFinding(databases.replica)] : []),
        await schema(db),
        await signingKeyFinding(platform),
        ...(redis ? [await redisFinding(redis)] : []),
        await storageFinding(config, storage),
        ...((await readSchemaState(db)).pending.length === 0 ? await workFindings(platform) : []),
      ];
    });
  } catch (error) {
    return [runtime(), ...failureFindings(error)];
  }
}

function failureFindings(error: unknown): Finding[] {
  if (error instanceof ConfigError) {
    return error.mistakes.map((detail) => ({ check: 'configuration', ok: false, detail }));
  }
  const isOfVault = (error as Error).cause instanceof VaultFailure;
  return [{ check: isOfVault ? 'vault' : 'database', ok: false, detail: describeFailure(error) }];
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const ok = major >= 24;
  return {
    check: 'Node.js',
    ok,
    detail: process.version,
    ...(!ok && { todo: 'Run `npm ci`, which brings Node 26 along, or install Node 24 or newer.' }),
  };
}

function configuration(config: Config): Finding {
  const warnings = configurationWarnings(config);
  const mode = config.isProduction ? 'production' : 'development';
  const detail = [mode, config.http.publicUrl, ...warnings].join(', ');
  return { check: 'configuration', ok: true, detail };
}

async function serverVersion(db: Database): Promise<Finding> {
  const { rows } = await db.raw<{ rows: { version: string }[] }>(
    "select current_setting('server_version') as version",
  );
  const version = rows[0]?.version ?? 'unknown';
  const ok = Number.parseInt(version, 10) >= 15;
  const todo = { todo: 'Use PostgreSQL 15 or newer.' };
  return { check: 'database', ok, detail: `PostgreSQL ${version}`, ...(!ok && todo) };
}

/** Each warning says what to do by itself. */
async function wayToServer(databases: Databases): Promise<Finding[]> {
  await databases.direct((db) => db.raw('select 1'));
  const warnings = databases.warnings();
  if (warnings.length === 0) return [{ check: 'pooler', ok: true, detail: 'asks for nothing' }];
  return warnings.map((detail) => ({ check: 'pooler', ok: false, detail }));
}

async function schema(db: Database): Promise<Finding> {
  const { pending, newer } = await readSchemaState(db);
  const check = 'schema';
  const breaking = newer.filter(({ isCompatible }) => !isCompatible);
  if (breaking.length > 0) {
    const detail = `of a newer release, and not compatible: ${namesOf(breaking)}`;
    return { check, ok: false, detail, todo: 'Use a newer release.' };
  }
  if (pending.length > 0) {
    const todo = 'Run `npm run charter -- migrate`.';
    return { check, ok: false, detail: `lacks ${pending.join(', ')}`, todo };
  }
  if (newer.length === 0) return { check, ok: true, detail: 'up to date' };
  return { check, ok: true, detail: `of a newer release, and compatible: ${namesOf(newer)}` };
}

const namesOf = (steps: readonly { name: string }[]) => steps.map(({ name }) => name).join(', ');

/** The service starts without it; whoever has named one wants to know. */
async function redisFinding(redis: Redis): Promise<Finding> {
  await redis.start();
  const { trouble } = redis;
  const check = 'redis';
  if (trouble !== undefined)
    return { check, ok: false, detail: trouble, todo: redisAdvice(trouble) };
  return { check, ok: true, detail: `Redis ${(await redis.version()) ?? 'answers'}` };
}

/** Keeps a file, fetches it and removes it, as an export would. */
async function storageFinding(
  { storage: { s3, path } }: Config,
  storage: Storage,
): Promise<Finding> {
  const check = 'storage';
  const area = storage.area('doctor');
  const id = randomUUIDv7();
  try {
    await area.put(id, Readable.from([Buffer.from(id)]));
    const found = await area.find(id);
    const ok = found !== undefined && (await text(found)) === id;
    await area.remove(id);
    const detail = s3 ? `bucket ${s3.bucket}` : `folder ${path}`;
    const todo = 'What is read is not what was written: look at the disk, or at the server.';
    return { check, ok, detail, ...(!ok && { todo }) };
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
    return { check, ok: false, detail: error.message };
  }
}

function line({ check, ok, detail, todo }: Finding): string {
  const mark = ok ? '✓' : '✗';
  return `${mark} ${check.padEnd(14)} ${detail}${todo ? `\n  What to do: ${todo}` : ''}`;
}
