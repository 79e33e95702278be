import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUrl, developmentSecretPrefix, isProduction } from '../config.ts';
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from './embedded/embedded.ts';

/** Everything that development keeps on disk; ignored by git, safe to delete while stopped. */
export const dataFolder = fileURLToPath(new URL('../../.charter/', import.meta.url));

/** What the environment lacks in development: a database and a secret. Nothing in production. */
export async function prepareDevelopment(report: (line: string) => void) {
  if (isProduction()) return { defaults: {}, embedded: undefined };
  const secret = await developmentSecret();
  const embedded =
    databaseUrl() === undefined ? await startEmbedded({ folder: dataFolder, report }) : undefined;
  return {
    defaults: { SECRET_KEYS: [secret], ...(embedded && { DATABASE_URL: embedded.url }) },
    embedded: embedded as EmbeddedDatabase | undefined,
  };
}

/** The embedded server that runs already, for a second process that must not start one. */
export function runningEmbedded(): Promise<string | undefined> {
  return findEmbedded({ folder: dataFolder });
}

/** Made once per checkout. Its prefix makes production refuse it. */
export async function developmentSecret(folder = dataFolder): Promise<string> {
  const file = join(folder, 'secret-key');
  await mkdir(folder, { recursive: true });
  const secret = `${developmentSecretPrefix}${randomBytes(32).toString('base64url')}`;
  try {
    // Of two processes at once one creates the file; the other reads it.
    await writeFile(file, secret, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch {
    await chmod(file, 0o600);
    return (await readFile(file, 'utf8')).trim();
  }
}
