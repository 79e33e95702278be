import { readSigningKeys } from '../features/signing-keys/model.ts';
import { SigningKeys } from '../features/signing-keys/service.ts';
import { systemActor } from '../platform/auth/actor.ts';
import type { Database } from '../platform/db/connect.ts';
import { migrateToLatest, migrationTimeoutMs } from '../platform/db/migrate.ts';
import { readSchemaState, type SchemaState } from '../platform/db/schema-state.ts';
import type { Log } from '../platform/observability/log.ts';
import type { Platform } from '../platform/platform.ts';
import { SealedByOtherKey } from '../platform/secrets/secret-keys.ts';
import { StartFailure } from '../platform/start-failure.ts';

/** At start a database may still be waking up; a connection of its own has the time for that. */
const patiently = { statementTimeoutMs: 10_000 };

/**
 * Brings the schema up to date, the system roles included. Returns what ran, and what a newer release
 * had made before.
 */
export function migrate(
  { databases, log }: Platform,
  onBusy: (message: string) => void = (message) => log.warn(message),
): Promise<{ migrations: string[]; newer: string[] }> {
  const work = async (db: Database) => {
    const newer = acceptNewer(await readSchemaState(db), log);
    return { migrations: await migrateToLatest(db, { onBusy }), newer };
  };
  return databases.direct(work, { statementTimeoutMs: migrationTimeoutMs });
}

/** The service cannot start without a signing key; says whether there was none. Doing it again changes nothing. */
export function ensureSigningKey(platform: Platform): Promise<boolean> {
  return new SigningKeys(platform).ensure(systemActor('first signing key'));
}

export async function assertMigrated({ databases, log }: Platform): Promise<void> {
  const state = await databases.direct((db) => readSchemaState(db), patiently);
  acceptNewer(state, log);
  if (state.pending.length === 0) return;
  throw new StartFailure({
    what: 'The database schema is older than this release.',
    why: `These migrations have not run: ${state.pending.join(', ')}`,
    todo: 'Run `npm run charter -- migrate` once per release, and `npm run charter -- keys create` once.',
  });
}

/** After a release was rolled back: what its migrations left usually works, and is said. */
function acceptNewer({ newer }: SchemaState, log: Log): string[] {
  const names = newer.map(({ name }) => name);
  const breaking = newer.filter(({ isCompatible }) => !isCompatible).map(({ name }) => name);
  if (breaking.length > 0) {
    throw new StartFailure({
      what: 'The database schema is newer than this release, which cannot work on it.',
      why: `A newer release has made these incompatible changes: ${breaking.join(', ')}`,
      todo: 'Start a newer release. To go on with this one, take them back with the one that made them: `npm run charter -- migrate down --to <name>`.',
    });
  }
  if (names.length > 0) {
    log.warn({ migrations: names }, 'the schema is newer than this release, and compatible');
  }
  return names;
}

/** Without a key nobody could sign in, and nobody would know why. */
export async function assertKeys({ databases, secretKeys, clock }: Platform): Promise<void> {
  const read = (db: Database) => readSigningKeys(db, secretKeys, clock.now());
  const keys = await databases.direct(read, patiently).catch((error: unknown) => {
    throw error instanceof SealedByOtherKey ? keysCannotBeOpened() : error;
  });
  if (keys.length > 0) return;
  throw new StartFailure({
    what: 'There is no signing key.',
    why: 'The database was migrated, and nobody has made the first key.',
    todo: 'Run `npm run charter -- keys create` once.',
  });
}

function keysCannotBeOpened(): StartFailure {
  return new StartFailure({
    what: 'The signing keys cannot be opened.',
    why: 'They were sealed by a secret that is not in SECRET_KEYS.',
    todo: 'Put the older secret back, after the newer one. Once `charter keys rotate` has retired the old keys, it can go.',
  });
}
