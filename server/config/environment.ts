import { readFileSync } from 'node:fs';

export type Env = Readonly<Record<string, string | undefined>>;

/** The one place that looks at the environment of the process. */
export function environment(): Env {
  return process.env;
}

/** The folder in which somebody called us; npm, and our launcher behind it, run in that of the package. */
export function calledFrom(env: Env = environment()): string {
  return env.INIT_CWD ?? process.cwd();
}

export function isProduction(env: Env = environment()): boolean {
  return env.NODE_ENV === 'production';
}

/** Settings that are secrets. Files may hold them instead, or keys of secrets in Vault. */
export const secretSettings: readonly string[] = [
  'DATABASE_URL',
  'SECRET_KEYS',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'REDIS_URL',
  'SMTP_URL',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'IDENTITY_PROVIDER_SECRETS',
];

/** Vault is opened with these: files may hold them, but it cannot. */
const settingsInFiles = [...secretSettings, 'VAULT_TOKEN', 'VAULT_SECRET_ID'];

export function isSecretSetting(name: string): boolean {
  return settingsInFiles.includes(name);
}

/** A file that fills a setting, and what it said when it was read. */
interface SecretFile {
  readonly path: string;
  readonly text: string;
}

export type SecretFileBySetting = Readonly<Record<string, SecretFile>>;

/** Of an environment that files have filled: they are followed while the service runs. */
export function secretFiles(filled: Env): SecretFileBySetting {
  const named = settingsInFiles.map((key) => ({ key, path: filled[`${key}_FILE`] }));
  const files = named.flatMap(({ key, path }) =>
    path ? [[key, { path, text: filled[key] ?? '' }] as const] : [],
  );
  return Object.fromEntries(files);
}

/** `SECRET_KEYS_FILE=/run/secrets/keys` fills SECRET_KEYS with the content of the file. */
export function withFiles(env: Env): { env: Env; mistakes: string[] } {
  const filled: Record<string, string | undefined> = { ...env };
  const mistakes: string[] = [];
  for (const key of settingsInFiles) {
    const file = env[`${key}_FILE`];
    if (!file) continue;
    if (env[key]) mistakes.push(`${key}: is set twice; remove ${key} or ${key}_FILE`);
    try {
      filled[key] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      // Without the path: it may be the secret itself, which belongs into the setting without _FILE.
      const { code } = error as NodeJS.ErrnoException;
      mistakes.push(`${key}_FILE: cannot be read (${code}); check the path, which is not shown`);
    }
  }
  return { env: filled, mistakes };
}

export function isReadable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** What a secret in Vault says of a setting. */
export interface FromVault {
  readonly setting: string;
  /** Undefined: something else than text. */
  readonly text: string | undefined;
  /** Which secret. */
  readonly name: string;
}

/** The environment with what Vault fills. What is set twice is a mistake: which one would count? */
export function withVault(env: Env, found: readonly FromVault[]): { env: Env; mistakes: string[] } {
  const filled: Record<string, string | undefined> = { ...env };
  const mistakes: string[] = [];
  const places = new Map<string, string>();
  for (const { setting, text, name } of found) {
    const here = [setting, `${setting}_FILE`].find((key) => env[key]) ?? places.get(setting);
    if (here) mistakes.push(`${setting}: is set twice; remove ${here}, or the key in ${name}`);
    else if (text === undefined) mistakes.push(`${setting}: is no text in ${name}; write a string`);
    else filled[setting] = text;
    places.set(setting, `the key in ${name}`);
  }
  return { env: filled, mistakes };
}

/** The database that the environment names, if it does. */
export function databaseUrl(env: Env = environment()): string | undefined {
  return withFiles(env).env.DATABASE_URL || undefined;
}

/** Whether the environment names secrets: then none is made up. */
export function hasSecrets(env: Env = environment()): boolean {
  return Boolean(withFiles(env).env.SECRET_KEYS);
}
