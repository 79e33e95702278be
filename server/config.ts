import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as z from 'zod';
import { recommendedMemoryKib } from './platform/auth/passwords.ts';

/** Secrets that the launcher makes for development begin like this; production refuses them. */
export const developmentSecretPrefix = 'development-only-';

/** In development another port does as well when this one is taken. */
export const defaultMetricsPort = 9_464;

const csv = z
  .string()
  .transform((value) => value.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const network = z
  .string()
  .refine(
    isNetwork,
    'write addresses, networks as 10.0.0.0/8, or loopback, linklocal, uniquelocal',
  );
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const ratio = z
  .string()
  .regex(/^\d*\.?\d+$/, 'write a number from 0 to 1, as 0.01')
  .transform(Number)
  .pipe(z.number().max(1));
const origin = z
  .url({ protocol: /^https?$/ })
  .transform((value) => new URL(value))
  .refine(({ pathname, search }) => pathname === '/' && search === '', 'write an origin, no path')
  .transform((url) => url.origin);

/** What Express takes for a proxy it trusts; a bare number would mean the address 0.0.0.1. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/** Every setting, with what to do about it. The key is the name in the environment. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: origin.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'write postgres://…' }).optional(),
  DATABASE_DIRECT_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'write postgres://…' })
    .optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(10),
  DATABASE_POOL_TIMEOUT_MS: whole(100, 60_000).default(2_000),
  DATABASE_CONNECT_TIMEOUT_MS: whole(100, 60_000).default(1_000),
  DATABASE_STATEMENT_TIMEOUT_MS: whole(100, 600_000).default(5_000),
  DATABASE_READ_CONNECTIONS: whole(0, 20).default(2),
  DATABASE_NAMED_STATEMENTS: flag.default(true),
  SECRET_KEYS: csv
    .pipe(
      z
        .array(z.string().min(32, 'each secret needs at least 32 characters'))
        .min(1, 'write at least one secret'),
    )
    .optional(),
  CORS_ORIGINS: csv.pipe(z.array(origin)).default([]),
  TRUST_PROXY: csv.pipe(z.array(network)).default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_PRETTY: flag.optional(),
  LOG_BATCH_MS: whole(0, 10_000).default(100),
  LOG_BUFFER_BYTES: whole(65_536, 1_073_741_824).default(1_048_576),
  SLOW_REQUEST_MS: whole(1, 600_000).default(1_000),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_HOSTS: csv
    .pipe(z.array(z.string().regex(/^[\w.-]+$/, 'write names as charter.internal, without ports')))
    .default([]),
  METRICS_PORT: whole(0, 65_535).default(defaultMetricsPort),
  TRACE_SAMPLE_RATIO: ratio.default(0.01),
  SIGN_UP: z.enum(['open', 'invite', 'closed']).optional(),
  SIGN_UP_ANSWER: z.enum(['conflict', 'private']).default('conflict'),
  REQUIRE_VERIFIED_EMAIL: flag.default(false),
  PASSWORD_MIN_LENGTH: whole(8, 64).default(8),
  PASSWORD_HASH_MEMORY_KIB: whole(1_024, 1_048_576).default(recommendedMemoryKib),
  PASSWORD_REQUIRED_CLASSES: whole(0, 4).default(0),
  ACCESS_TOKEN_SECONDS: whole(30, 3_600).default(300),
  TOKEN_SESSION_IDLE_DAYS: whole(1, 365).default(7),
  TOKEN_SESSION_MAX_DAYS: whole(1, 365).default(30),
  COOKIE_SESSION_IDLE_HOURS: whole(1, 8_760).default(24),
  COOKIE_SESSION_MAX_DAYS: whole(1, 365).default(14),
  RATE_LIMIT_PER_MINUTE: whole(1, 1_000_000).default(1_200),
  RATE_LIMIT_CREDENTIALS_PER_MINUTE: whole(1, 1_000_000).default(30),
  RATE_LIMIT_WRITE_PER_MINUTE: whole(1, 1_000_000).default(120),
  RATE_LIMIT_READ_PER_MINUTE: whole(1, 1_000_000).default(600),
  REVOCATION_POLL_MS: whole(100, 10_000).default(2_000),
  CALLER_CACHE_SIZE: whole(1, 1_000_000).default(10_000),
  BODY_LIMIT_BYTES: whole(1_024, 10_485_760).default(102_400),
  REQUEST_TIMEOUT_SECONDS: whole(1, 600).default(30),
  SHUTDOWN_DELAY_SECONDS: whole(0, 300).default(0),
});

/** For the test that holds docs/configuration.md and .env.example to this list. */
export const settingNames = Object.keys(Environment.shape);

const requiredSettings = ['DATABASE_URL', 'SECRET_KEYS'] as const;

/** Settings that a file may hold instead, named in `<SETTING>_FILE`. */
const secretSettings = [...requiredSettings, 'DATABASE_DIRECT_URL'] as const;

type Parsed = z.infer<typeof Environment>;

export type Config = Omit<Parsed, 'DATABASE_URL' | 'SECRET_KEYS' | 'SIGN_UP' | 'PUBLIC_URL'> & {
  DATABASE_URL: string;
  SECRET_KEYS: string[];
  SIGN_UP: 'open' | 'invite' | 'closed';
  PUBLIC_URL: string;
};

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

type Env = Record<string, string | undefined>;

/** What development fills in where the environment is silent: never used in production. */
export type DevelopmentDefaults = Partial<Pick<Config, 'DATABASE_URL' | 'SECRET_KEYS'>>;

export function isProduction(env: Env = process.env): boolean {
  return env.NODE_ENV === 'production';
}

/** The database that the environment names, if it does. */
export function databaseUrl(env: Env = process.env): string | undefined {
  return withFiles(env).env.DATABASE_URL || undefined;
}

/** Whether the environment names secrets: then none is made up. */
export function hasSecrets(env: Env = process.env): boolean {
  return Boolean(withFiles(env).env.SECRET_KEYS);
}

/**
 * Reads the environment (the only reader of `process.env`).
 * @throws {ConfigError} naming every mistake at once.
 */
export function readConfig(defaults: DevelopmentDefaults = {}, env: Env = process.env): Config {
  const { env: settings, mistakes } = withFiles(env);
  const given = Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => key in Environment.shape && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    mistakes.push(`${issue.path[0]?.toString()}: ${issue.message}`);
  }
  mistakes.push(...missing(given, defaults, env).filter(isNews(mistakes)));
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return complete(parsed.data, defaults);
}

function missing(given: Env, defaults: DevelopmentDefaults, env: Env): string[] {
  const mistakes = requiredSettings
    .filter((key) => given[key] === undefined && (isProduction(env) || !defaults[key]))
    .map((key) => `${key}: is not set; ${advice[key]} (or name a file in ${key}_FILE)`);
  if (!isProduction(env)) return mistakes;
  if (given.PUBLIC_URL === undefined) {
    mistakes.push(
      'PUBLIC_URL: is not set; write the origin that users see, as https://api.example.com',
    );
  }
  if (Number(given.PASSWORD_HASH_MEMORY_KIB ?? recommendedMemoryKib) < recommendedMemoryKib) {
    mistakes.push(`PASSWORD_HASH_MEMORY_KIB: is too little; write ${recommendedMemoryKib} or more`);
  }
  if (given.SECRET_KEYS?.includes(developmentSecretPrefix)) {
    mistakes.push(`SECRET_KEYS: holds a development secret; ${advice.SECRET_KEYS}`);
  }
  return mistakes;
}

/** A file that cannot be read is the one mistake, not also the setting that it should fill. */
function isNews(known: readonly string[]) {
  return (mistake: string) =>
    !known.some((told) => told.startsWith(`${mistake.split(':')[0]}_FILE:`));
}

const advice = {
  DATABASE_URL: 'write postgres://user:password@host:5432/database',
  SECRET_KEYS: 'make one with `openssl rand -base64 48`',
};

function complete(parsed: Parsed, defaults: DevelopmentDefaults): Config {
  const isInProduction = parsed.NODE_ENV === 'production';
  return {
    ...parsed,
    DATABASE_URL: parsed.DATABASE_URL ?? (defaults.DATABASE_URL as string),
    SECRET_KEYS: parsed.SECRET_KEYS ?? (defaults.SECRET_KEYS as string[]),
    SIGN_UP: parsed.SIGN_UP ?? (isInProduction ? 'invite' : 'open'),
    PUBLIC_URL: parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`,
  };
}

/** `SECRET_KEYS_FILE=/run/secrets/keys` fills SECRET_KEYS with the content of the file. */
function withFiles(env: Env): { env: Env; mistakes: string[] } {
  const filled: Env = { ...env };
  const mistakes: string[] = [];
  for (const key of secretSettings) {
    const file = env[`${key}_FILE`];
    if (!file) continue;
    if (env[key]) mistakes.push(`${key}: is set twice; remove ${key} or ${key}_FILE`);
    try {
      filled[key] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      mistakes.push(`${key}_FILE: cannot be read (${(error as Error).message}); check the path`);
    }
  }
  return { env: filled, mistakes };
}

/** What works but deserves a look: shown by health (to holders of `health:read`) and `doctor`. */
export function configurationWarnings(config: Config): string[] {
  const when = (condition: boolean, warning: string) => (condition ? [warning] : []);
  const isInProduction = config.NODE_ENV === 'production';
  return [
    ...when(
      isInProduction && config.PUBLIC_URL.startsWith('http:'),
      'PUBLIC_URL is not https: cookies are sent without Secure.',
    ),
    ...when(isInProduction && config.SIGN_UP === 'open', 'SIGN_UP is open: anyone may sign up.'),
    ...when(
      config.SIGN_UP === 'invite',
      'SIGN_UP is invite, and there are no invitations yet: nobody can sign up.',
    ),
    ...when(
      config.SIGN_UP === 'open' && config.SIGN_UP_ANSWER === 'private',
      'SIGN_UP_ANSWER is private, and addresses cannot be proven yet: no sign-up becomes an account.',
    ),
    ...when(
      config.REQUIRE_VERIFIED_EMAIL,
      'REQUIRE_VERIFIED_EMAIL is set, and addresses cannot be verified yet: new accounts cannot sign in.',
    ),
  ];
}
