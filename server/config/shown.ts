import * as z from 'zod';
import { settings } from './config.ts';
import { type Env, isReadable, isSecretSetting } from './environment.ts';

/** Where the value of a setting comes from; undefined where it has none. */
export type SettingSource = 'default' | 'environment' | 'file' | 'vault' | 'development';

export interface ShownSetting {
  readonly name: string;
  /** As it is written, without what is secret in it; null where there is none. */
  readonly value: string | null;
  readonly source: SettingSource | null;
  /** Which file, where it is one that can be read. */
  readonly file?: string;
}

const hidden = '***';

/**
 * Every setting, for people and for terminals that are recorded: whatever could be a secret is left out.
 * @param given the environment as the process has it. @param env the same with what Vault fills.
 */
export function shownSettings(given: Env, env: Env, isProduction: boolean): ShownSetting[] {
  return Object.entries(settings).map(([name, schema]) => {
    const file = given[`${name}_FILE`];
    if (isSecretSetting(name) && file) {
      // What leads to no file may be the secret itself, in the wrong line.
      const place = isReadable(file) ? { file } : {};
      return { name, value: hidden, source: 'file', ...place };
    }
    const text = env[name];
    if (text) {
      const source = given[name] === text ? 'environment' : 'vault';
      return { name, value: shown(name, text, schema as z.ZodType), source };
    }
    if (!isProduction && madeInDevelopment.includes(name)) {
      return { name, value: null, source: 'development' };
    }
    const { data } = z.safeParse(schema, undefined);
    return data === undefined
      ? { name, value: null, source: null }
      : { name, value: textOf(data), source: 'default' };
  });
}

/** An embedded database and a secret of its own: made where nobody names one. */
const madeInDevelopment = ['DATABASE_URL', 'SECRET_KEYS'];

function shown(name: string, text: string, schema: z.ZodType): string {
  if (isSecretSetting(name)) return placeIn(text);
  // What is not what the setting takes may be something else in the wrong line, such as a password.
  if (!z.safeParse(schema, text).success) return hidden;
  // How a collector knows us.
  if (name.endsWith('_HEADERS')) return hidden;
  return withoutSecrets(text);
}

/** Of a secret that is an address, where it leads to; of any other, nothing. */
function placeIn(text: string): string {
  if (!URL.canParse(text)) return hidden;
  const { protocol, host, pathname, search, hash, username } = new URL(text);
  // After a `/`, `?` or `#` in a password, which nobody has encoded, its rest stands behind the host,
  // and what came before it is taken for the host and its port.
  if (host === '' || hash !== '' || /[@:]/.test(pathname) || search.includes('@')) return hidden;
  const who = username === '' ? '' : `${hidden}@`;
  return `${protocol}//${who}${host}${pathname}${search === '' ? '' : `?${hidden}`}`;
}

const secretName = String.raw`[\w.-]*(?:secret|password|token|key|authorization)[\w.-]*`;
const pair = new RegExp(`(${secretName}\\s*=\\s*)[^,]*`, 'gi');
const member = new RegExp(String.raw`("${secretName}"\s*:\s*)"(?:[^"\\]|\\.)*"`, 'gi');

/** Addresses in other settings may hold credentials, too, and so may what is named after one. */
function withoutSecrets(text: string): string {
  return text
    .replace(/:\/\/[^\s"]*@/g, `://${hidden}@`)
    .replace(/(:\/\/[^\s"?#]*)[?#][^\s",]*/g, `$1?${hidden}`)
    .replace(pair, `$1${hidden}`)
    .replace(member, `$1"${hidden}"`);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
