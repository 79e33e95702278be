import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingNames } from '../../server/config/config.ts';
import { secretSettings } from '../../server/config/environment.ts';
import { charter } from '../kit/command.ts';
import { byToken, vaultServer, vaultSettings } from '../kit/vault.ts';

const secret = 'hunter2-hunter2-hunter2-hunter2-hunter2';

function use(settings: Readonly<Record<string, string | undefined>>): void {
  for (const [setting, value] of Object.entries(settings)) vi.stubEnv(setting, value);
}

interface Shown {
  readonly name: string;
  readonly value: string | null;
  readonly source: string | null;
  readonly file?: string;
}

async function shown(...flags: string[]) {
  const { code, out } = await charter(['config', 'show', '--json', ...flags]);
  const { ok, message, settings } = JSON.parse(out);
  const of = (name: string) => settings.find((setting: Shown) => setting.name === name);
  return { code, out, ok, message, settings: settings as Shown[], of };
}

beforeEach(() => use({ NODE_ENV: undefined, DATABASE_URL: undefined, SECRET_KEYS: undefined }));
afterEach(() => vi.unstubAllEnvs());

describe('config show', () => {
  it('shows every setting, and where its value comes from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'charter-config-'));
    const file = join(folder, 'smtp');
    writeFileSync(file, `smtp://mail:${secret}@mail.example.com:587\n`);
    use({ PORT: '8080', SMTP_URL_FILE: file, MAIL_FROM: 'Example <no-reply@example.com>' });
    const { code, settings, of } = await shown();
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    expect(settings.map(({ name }) => name)).toEqual(settingNames);
    expect(of('PORT')).toEqual({ name: 'PORT', value: '8080', source: 'environment' });
    expect(of('HOST')).toEqual({ name: 'HOST', value: expect.any(String), source: 'default' });
    expect(of('SMTP_URL')).toEqual({ name: 'SMTP_URL', value: '***', source: 'file', file });
    expect(of('DATABASE_URL')).toMatchObject({ value: null, source: 'development' });
    expect(of('REDIS_URL')).toMatchObject({ value: null, source: null });
  });

  it('shows what is in Vault as what it is, and not what it says', async () => {
    const server = await vaultServer();
    server.put('kv/charter', { REDIS_URL: `redis://:${secret}@redis.internal:6379` });
    const token = byToken(server);
    use(vaultSettings(server, token));
    const { code, out, of } = await shown();
    expect(code).toBe(0);
    const value = 'redis://redis.internal:6379';
    expect(of('REDIS_URL')).toEqual({ name: 'REDIS_URL', value, source: 'vault' });
    for (const word of [secret, ...Object.values(token)]) expect(out).not.toContain(word);
  });

  it('writes a line for each, or for those alone that somebody has set', async () => {
    use({ PORT: '8080', REDIS_URL: `redis://ada:${secret}@redis.internal/2?password=${secret}` });
    const { out } = await charter(['config', 'show', '--given']);
    expect(out).toMatch(/^PORT +environment +8080$/m);
    expect(out).toMatch(/^REDIS_URL +environment +redis:\/\/\*\*\*@redis.internal\/2\?\*\*\*$/m);
    expect(out).toMatch(/^DATABASE_URL +development$/m);
    expect(out).not.toContain('HOST');
    const all = (await charter(['config', 'show'])).out.split('\n');
    expect(all).toHaveLength(settingNames.length);
  });

  it('shows what a start would refuse as well, says why and ends with 1', async () => {
    use({ PORT: 'eighty', DATABASE_POOL_SIZE: '7' });
    const { code, out, err } = await charter(['config', 'show']);
    expect([code, err]).toEqual([1, expect.stringMatching(/cannot be used:\n {2}- PORT: /)]);
    expect(out).toMatch(/^DATABASE_POOL_SIZE +environment +7$/m);
    const { ok, message, of } = await shown();
    expect([ok, message]).toEqual([false, err]);
    expect(of('PORT')).toMatchObject({ value: '***' });
  });

  it('says what production lacks', async () => {
    use({ NODE_ENV: 'production' });
    const { code, message, of } = await shown();
    expect([code, message]).toEqual([1, expect.stringMatching(/DATABASE_URL: is not set/)]);
    expect(of('DATABASE_URL')).toMatchObject({ value: null, source: null });
  });
});

describe('a secret is never shown', () => {
  /** How a password may begin that is taken for a port. */
  const digits = '20249';
  const places = (word: string) => [
    word,
    `https://${word}@api.example.com`,
    `https://ada:${word}@api.example.com/path`,
    `https://api.example.com?key=${word}`,
    `https://api.example.com/#${word}`,
    `postgres://ada:p/${word}@db.internal:5432/charter`,
    `postgres://ada:1/${word}@db.internal/charter`,
    `postgres://ada:1?${word}@db.internal/charter`,
    `postgres://ada:${digits}/${word}#x@db.internal/charter`,
    `postgres://ada:${digits}#${word}@db.internal/charter`,
    `postgres://ada:${digits}/${word}?@db.internal/charter`,
    `postgres://ada:${digits}?${word}#@db.internal/charter`,
    `https://ada:${digits}/${word}?#@api.example.com`,
    `smtp://${word}:${word}@mail.example.com`,
    `redis://:${word}@redis.internal/0?token=${word}#${word}`,
    `api-key=${word},authorization=Bearer ${word}`,
    `https://one.example.com,https://ada:${word}@two.example.com?x=${word}`,
    JSON.stringify({ google: { preset: 'google', clientId: 'id', clientSecret: word } }),
  ];
  // What is no place for a secret shows what stands there, or nobody could look at it.
  const plain = ['MAIL_FROM', 'MAIL_PRODUCT_NAME', 'OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES'];
  const files = ['STORAGE_PATH', 'VAULT_ROLE_ID', 'VAULT_NAMESPACE', 'VAULT_CACERT', 'S3_PREFIX'];
  const names = [
    'S3_BUCKET',
    'S3_REGION',
    'REDIS_KEY_PREFIX',
    'REQUEST_ID_HEADER',
    'PASSKEY_RP_ID',
  ];
  const others = ['HOST', 'METRICS_HOST', 'METRICS_HOSTS', 'ALLOWED_HOSTS', 'VAULT_SECRETS'];
  const open = [...plain, ...files, ...names, ...others, 'VAULT_APPROLE_MOUNT', 'REDIS_CA_FILE'];
  const lists = ['PAGE_CSP_SOURCES', 'LINK_AUTOMATICALLY', 'TRUST_PROXY', 'CORS_ORIGINS'];

  it.each(places(secret))('in %s, whatever setting that stands in', async (text) => {
    const isAddress = /:\/\/|=|\{/.test(text);
    const tried = settingNames.filter((name) => {
      return isAddress || ![...open, ...lists].includes(name);
    });
    const vaultless = tried.filter((name) => !name.startsWith('VAULT_'));
    use(Object.fromEntries(vaultless.map((name) => [name, text])));
    const { settings } = await shown();
    const leaks = settings.filter(({ value }) => value && /hunter2|20249/.test(value));
    expect(leaks.map(({ name }) => name)).toEqual([]);
    const { out, err } = await charter(['config', 'show']);
    expect(`${out}${err}`).not.toMatch(/hunter2|20249/);
  });

  it.each([secret, `postgres://ada:${secret}@db.internal/charter`])(
    'where %s stands in place of its file',
    async (text) => {
      const named = [...secretSettings, 'VAULT_TOKEN', 'VAULT_SECRET_ID'];
      use(Object.fromEntries(named.map((name) => [`${name}_FILE`, text])));
      const { code, out, settings } = await shown();
      const plain = await charter(['config', 'show']);
      for (const name of named)
        expect(plain.err).toContain(`${name}_FILE: cannot be read (ENOENT)`);
      expect(`${code}${out}${plain.out}${plain.err}`).not.toContain('hunter2');
      const [first] = settings.filter(({ name }) => name === secretSettings[0]);
      expect(first).toEqual({ name: secretSettings[0], value: '***', source: 'file' });
    },
  );
});
