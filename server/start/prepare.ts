import { ensureSigningKey, readSigningKeys } from '../platform/auth/signing-keys.ts';
import { systemClock } from '../platform/clock.ts';
import { connect, type Database } from '../platform/db/connect.ts';
import { migrateToLatest, pendingMigrations } from '../platform/db/migrate.ts';
import { SealedByOtherKey, SecretKeys } from '../platform/secrets/secret-keys.ts';
import { StartFailure } from '../platform/start-failure.ts';

export interface DatabaseAndSecrets {
  readonly DATABASE_URL: string;
  readonly SECRET_KEYS: readonly string[];
}

/** Brings the schema up to date, the system roles included. Returns what ran. */
export function migrate({ DATABASE_URL }: DatabaseAndSecrets): Promise<string[]> {
  return migrateToLatest(DATABASE_URL);
}

/** Puts in what the service cannot start without: a signing key. Doing it again changes nothing. */
export function seed(config: DatabaseAndSecrets): Promise<{ madeKey: boolean }> {
  return onDatabase(config, async (db, secretKeys) => {
    return { madeKey: await ensureSigningKey(db, secretKeys, systemClock) };
  });
}

export async function assertMigrated({ DATABASE_URL }: DatabaseAndSecrets): Promise<void> {
  const pending = await pendingMigrations(DATABASE_URL);
  if (pending.length === 0) return;
  throw new StartFailure({
    what: 'The database schema is older than this release.',
    why: `These migrations have not run: ${pending.join(', ')}`,
    todo: 'Run `npm run charter -- migrate` and `npm run charter -- seed` once per release.',
  });
}

/** Without a key nobody could sign in, and nobody would know why. */
export function assertKeys(config: DatabaseAndSecrets): Promise<void> {
  return onDatabase(config, async (db, secretKeys) => {
    const keys = await readSigningKeys(db, secretKeys, new Date()).catch((error: unknown) => {
      throw error instanceof SealedByOtherKey ? keysCannotBeOpened() : error;
    });
    if (keys.length > 0) return;
    throw new StartFailure({
      what: 'There is no signing key.',
      why: 'The database was migrated, but not seeded.',
      todo: 'Run `npm run charter -- seed` once.',
    });
  });
}

function keysCannotBeOpened(): StartFailure {
  return new StartFailure({
    what: 'The signing keys cannot be opened.',
    why: 'They were sealed by a secret that is not in SECRET_KEYS.',
    todo: 'Put the older secret back, after the newer one. Once `charter keys rotate` has retired the old keys, it can go.',
  });
}

async function onDatabase<Result>(
  { DATABASE_URL: url, SECRET_KEYS }: DatabaseAndSecrets,
  work: (db: Database, secretKeys: SecretKeys) => Promise<Result>,
): Promise<Result> {
  const db = connect({ url, poolSize: 1, statementTimeoutMs: 10_000 });
  try {
    return await work(db, new SecretKeys(SECRET_KEYS));
  } finally {
    await db.destroy();
  }
}
