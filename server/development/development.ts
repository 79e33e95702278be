import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUrl, type Env, hasSecrets, isProduction } from '../config/environment.ts';
import { developmentSecretPrefix } from '../config/secrets.ts';
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from './embedded/embedded.ts';
import { openFolder } from './embedded/folder.ts';

/** Everything that development keeps on disk; ignored by git, safe to delete while stopped. */
export const dataFolder = fileURLToPath(new URL('../../.charter/', import.meta.url));

/** What the environment lacks in development: a database and a secret. Nothing in production. */
export async function prepareDevelopment(
  report: (line: string) => void,
  env: Env,
  signal?: AbortSignal,
) {
  if (isProduction(env)) return { defaults: {}, embedded: undefined };
  const secret = hasSecrets(env) ? undefined : await developmentSecret(dataFolder, report);
  const embedded =
    databaseUrl(env) === undefined
      ? await startEmbedded({ folder: dataFolder, report, ...(signal && { signal }) })
      : undefined;
  return {
    defaults: {
      ...(secret && { SECRET_KEYS: secret }),
      ...(embedded && { DATABASE_URL: embedded.url }),
    },
    embedded: embedded as EmbeddedDatabase | undefined,
  };
}

/** The embedded server that runs already, for a second process that must not start one. */
export function runningEmbedded(): Promise<string | undefined> {
  return findEmbedded({ folder: dataFolder });
}

/** Made once per checkout. Its prefix makes production refuse it. */
export async function developmentSecret(
  folder = dataFolder,
  report?: (line: string) => void,
): Promise<string> {
  const file = join(await openFolder(folder, report), 'secret-key');
  const secret = `${developmentSecretPrefix}${randomBytes(32).toString('base64url')}`;
  try {
    // Of two processes at once one creates the file; the other reads it.
    await writeFile(file, secret, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await chmod(file, 0o600);
    return (await readFile(file, 'utf8')).trim();
  }
}
