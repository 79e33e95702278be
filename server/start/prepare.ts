import { ensureSigningKey } from '../features/signing-keys/model.ts';
import { systemClock } from '../platform/clock.ts';
import { connect } from '../platform/db/connect.ts';
import { migrateToLatest } from '../platform/db/migrate.ts';
import { SecretKeys } from '../platform/secrets/secret-keys.ts';

export interface DatabaseAndSecrets {
  readonly DATABASE_URL: string;
  readonly SECRET_KEYS: readonly string[];
}

/** Brings the schema up to date, the system roles included. Returns what ran. */
export function migrate({ DATABASE_URL }: DatabaseAndSecrets): Promise<string[]> {
  return migrateToLatest(DATABASE_URL);
}

/** Puts in what the service cannot start without: a signing key. Doing it again changes nothing. */
export async function seed(config: DatabaseAndSecrets): Promise<{ madeKey: boolean }> {
  const db = connect({ url: config.DATABASE_URL, poolSize: 1, statementTimeoutMs: 10_000 });
  try {
    const madeKey = await ensureSigningKey(db, new SecretKeys(config.SECRET_KEYS), systemClock);
    return { madeKey };
  } finally {
    await db.destroy();
  }
}
