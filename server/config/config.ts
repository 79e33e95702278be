import * as z from 'zod';
import { accounts } from './accounts.ts';
import { apiKeys } from './api-keys.ts';
import { database } from './database.ts';
import { deprecation } from './deprecation.ts';
import {
  type Env,
  environment,
  isProduction,
  type SecretFileBySetting,
  secretFiles,
  withFiles,
} from './environment.ts';
import { events } from './events.ts';
import { graphql } from './graphql.ts';
import { http } from './http.ts';
import { identityProviders } from './identity-providers.ts';
import { impersonation } from './impersonation.ts';
import { jobs } from './jobs.ts';
import { limits } from './limits.ts';
import { mail } from './mail.ts';
import { observability } from './observability.ts';
import { openTelemetry } from './open-telemetry.ts';
import { passwords } from './passwords.ts';
import { personalData } from './personal-data.ts';
import { providerSignIn } from './provider-sign-in.ts';
import { redis } from './redis.ts';
import { retention } from './retention.ts';
import { secondFactors } from './second-factors.ts';
import { howToMakeSecret, secrets } from './secrets.ts';
import type { Mode, Section } from './section.ts';
import { sessions } from './sessions.ts';
import { storage } from './storage.ts';
import { type VaultConfig, vault } from './vault.ts';
import { webhooks } from './webhooks.ts';

/** A section for each part of the service. */
const sections = {
  http,
  graphql,
  database,
  redis,
  secrets,
  vault,
  storage,
  observability,
  openTelemetry,
  mail,
  accounts,
  personalData,
  passwords,
  providerSignIn,
  secondFactors,
  identityProviders,
  sessions,
  apiKeys,
  impersonation,
  limits,
  deprecation,
  jobs,
  events,
  webhooks,
  retention,
};

type Sections = typeof sections;

export type Config = { readonly [Name in keyof Sections]: ReturnType<Sections[Name]['build']> } & {
  readonly isProduction: boolean;
  /** Setting → the file that fills it. */
  readonly secretFiles: SecretFileBySetting;
  readonly hasMail: boolean;
};

export type EarlyConfig = Pick<Config, 'http' | 'observability' | 'isProduction' | 'hasMail'>;

/** What development fills in where the environment is silent: never used in production. */
export type DevelopmentDefaults = Partial<Record<RequiredSetting, string>>;

const required = {
  DATABASE_URL: 'write postgres://user:password@host:5432/database',
  SECRET_KEYS: howToMakeSecret,
} as const;

type RequiredSetting = keyof typeof required;

/** How each is written, by its name. */
export const settings = Object.assign(
  { NODE_ENV: z.enum(['development', 'test', 'production']).default('development') },
  ...Object.values(sections).map((section) => section.settings),
) as z.ZodRawShape;

/** For the test that holds docs/configuration.md and .env.example to this list. */
export const settingNames = Object.keys(settings);

/** All mistakes of the environment at once: each with its key, what is wrong and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: string[]) {
    super(
      `The configuration cannot be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}\nEvery setting is described in docs/configuration.md.`,
    );
    this.mistakes = mistakes;
  }
}

/**
 * Reads the environment, all sections of it.
 * @throws {ConfigError} naming every mistake at once.
 */
export function readConfig(defaults: DevelopmentDefaults = {}, env: Env = environment()): Config {
  const { filled, given, mode, mistakes, refused } = read(env, isProduction(env) ? {} : defaults);
  assertNone([...mistakes, ...missingIn(given), ...refused]);
  const built = Object.entries(sections).map(([name, section]) => [
    name,
    buildSection(section as Sections['http'], given, mode),
  ]);
  const parts = Object.fromEntries(built) as Omit<Config, keyof Mode | 'secretFiles'>;
  return { ...mode, ...parts, secretFiles: secretFiles(filled) };
}

/**
 * What a start looks at before there is a database: development makes one, and a secret, later.
 * @throws {ConfigError} naming every mistake at once.
 */
export function readEarlyConfig(env: Env = environment()): EarlyConfig {
  const { given, mode, mistakes, refused } = read(env, {});
  assertNone([...mistakes, ...(mode.isProduction ? missingIn(given) : []), ...refused]);
  return {
    ...mode,
    http: buildSection(http, given, mode),
    observability: buildSection(observability, given, mode),
  };
}

/**
 * How to get what is in Vault, which a start reads before the rest is judged. Undefined: nothing is.
 * @throws {ConfigError} where it is not well said, with every other mistake that can be known by then.
 */
export function readVaultConfig(env: Env): VaultConfig | undefined {
  const { given, mode, mistakes, refused } = read(env, {});
  const ofVault = refused.filter(isOfVault);
  if ([...mistakes, ...ofVault].some(isOfVault)) assertNone([...mistakes, ...ofVault]);
  return buildSection(vault, given, mode);
}

/** What is not well written, wherever the service runs; what is missing may still come. */
export function assertWellWritten(env: Env, mistakes: readonly string[] = []): void {
  assertNone([...mistakes, ...read(env, {}).mistakes]);
}

function read(env: Env, defaults: DevelopmentDefaults) {
  const filled = withFiles(env);
  const given: Env = { ...defaults, ...settingsIn(filled.env) };
  const inProduction = isProduction(env);
  const hasMail = !inProduction || given.SMTP_URL !== undefined;
  const mode: Mode = { isProduction: inProduction, hasMail };
  const refused = mode.isProduction ? refusedIn(given, mode) : [];
  const mistakes = [...filled.mistakes, ...wrongIn(given), ...disagreementsIn(given)];
  return { filled: filled.env, given, mode, mistakes, refused };
}

/**
 * One setting alone, as a file of it brings it anew.
 * @throws {ConfigError} saying what is wrong, and never the value.
 */
export function readSetting(name: string, text: string, mode: Mode): unknown {
  const given = { [name]: text };
  const schema = settings[name];
  if (!schema) throw new Error(`There is no setting ${name}`);
  assertNone(
    [...wrongIn(given), ...(mode.isProduction ? refusedIn(given, mode) : [])].filter(isAbout(name)),
  );
  return z.parse(schema, text);
}

const isAbout = (name: string) => (mistake: string) => settingOf(mistake) === name;

function buildSection<Shape extends z.ZodRawShape, Built>(
  { schema, build }: Section<Shape, Built>,
  given: Env,
  mode: Mode,
): Built {
  return build(schema.parse(given), mode);
}

function assertNone(mistakes: string[]): void {
  // A file that cannot be read is the one mistake, not also the setting that it should fill.
  const unread = mistakes.map((mistake) => /^(\w+)_FILE:/.exec(mistake)?.[1]);
  const toShow = mistakes.filter((mistake) => !unread.includes(mistake.split(':')[0]));
  if (toShow.length > 0) throw new ConfigError(toShow);
}

/** What works but deserves a look: shown by health (to holders of `health:read`) and `doctor`. */
export function configurationWarnings(config: Config): string[] {
  return (Object.keys(sections) as (keyof Sections)[]).flatMap((name) => {
    const { warn } = sections[name];
    return warn?.(config[name] as never, config) ?? [];
  });
}

function settingsIn(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).filter(([key, value]) => key in settings && value !== ''),
  );
}

const everySetting = z.object(settings);

function wrongIn(given: Env): string[] {
  const parsed = everySetting.safeParse(given);
  return (parsed.error?.issues ?? [])
    .filter(({ path: [key] }) => given[String(key)] !== undefined)
    .map(({ path: [key], message }) => `${String(key)}: ${message}`);
}

function missingIn(given: Env): string[] {
  const places = given.VAULT_SECRETS ? ', or give it a key in VAULT_SECRETS' : '';
  return (Object.keys(required) as RequiredSetting[])
    .filter((key) => given[key] === undefined)
    .map((key) => `${key}: is not set; ${required[key]} (or name a file in ${key}_FILE${places})`);
}

function refusedIn(given: Env, mode: Mode): string[] {
  return judged(given, ({ refuse }, written) => refuse?.(written, mode));
}

function disagreementsIn(given: Env): string[] {
  return judged(given, ({ disagree }, written) => disagree?.(written));
}

type AnySection = Section<z.ZodRawShape, unknown>;
type Judge = (section: AnySection, written: Record<string, unknown>) => string[] | undefined;

/** What sections say against settings that are well written, each by itself. */
function judged(given: Env, judge: Judge): string[] {
  const known = wrongIn(given).map(settingOf);
  return (Object.values(sections) as unknown as AnySection[])
    .flatMap((section) => judge(section, wellWritten(section.settings, given)) ?? [])
    .filter((mistake) => !known.includes(settingOf(mistake)));
}

/** The settings of a section that can be read, each by itself. */
function wellWritten(shape: z.ZodRawShape, given: Env): Record<string, unknown> {
  const read = Object.entries(shape).map(([key, schema]) => ({
    key,
    parsed: z.safeParse(schema, given[key]),
  }));
  return Object.fromEntries(
    read.flatMap(({ key, parsed }) => (parsed.success ? [[key, parsed.data]] : [])),
  );
}

const isOfVault = (mistake: string) => mistake.startsWith('VAULT_');

function settingOf(mistake: string): string {
  return mistake.split(':')[0] ?? '';
}
