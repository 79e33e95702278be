import { readConfig } from '../../server/config/config.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { ensureSigningKey, migrate } from '../../server/start/prepare.ts';

/** Migrates a database and makes its signing key, as an operator does. */
export async function prepare(databaseUrl: string, secretKeys: string): Promise<void> {
  const settings = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, SECRET_KEYS: secretKeys };
  const platform = openPlatform(readConfig({}, settings));
  try {
    await migrate(platform);
    await ensureSigningKey(platform);
  } finally {
    await platform.close();
  }
}
