import { expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../server/config/config.ts';
import { readSecrets } from '../../server/start/read-secrets.ts';
import { byAppRole, byToken, vaultServer, vaultSettings } from '../kit/vault.ts';
import { failed } from '../kit/vault-server.ts';

const keys = { DATABASE_URL: 'postgres://db.example/charter', SECRET_KEYS: 'x'.repeat(32) };

async function thrownBy(env: Record<string, string>): Promise<Error> {
  const thrown = await readSecrets(env).catch((error: Error) => error);
  return thrown instanceof Error ? thrown : new Error('It was read');
}

it('leaves the environment as it is where no secret is in a Vault', async () => {
  const env = { VAULT_ADDR: 'http://127.0.0.1:1' };
  expect(await readSecrets(env)).toEqual({ env, vault: undefined });
});

it('fills settings, from which the configuration is read', async () => {
  const server = await vaultServer();
  server.put('kv/charter', { ...keys, SMTP_URL: 'smtp://user:word@mail.example\n' });
  const { env, vault } = await readSecrets(vaultSettings(server, byAppRole(server)));
  expect(readConfig({}, env)).toMatchObject({
    database: { url: keys.DATABASE_URL },
    mail: { server: { login: { pass: 'word' } } },
  });
  await vault?.close();
  expect(server.tokens.living).toBe(0);
});

it('tells what is wrong in Vault with what is wrong elsewhere, and ends its token', async () => {
  const server = await vaultServer();
  server.put('kv/charter', { ...keys, SMTP_URL: 'mail.example', REDIS_URL: ['one'] });
  const settings = vaultSettings(server, { ...byAppRole(server), PORT: 'x', ...keys });
  const error = await thrownBy(settings);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).mistakes).toEqual([
    'DATABASE_URL: is set twice; remove DATABASE_URL, or the key in kv/charter',
    'SECRET_KEYS: is set twice; remove SECRET_KEYS, or the key in kv/charter',
    'REDIS_URL: is no text in kv/charter; write a string',
    'PORT: write a whole number',
    expect.stringMatching(/^SMTP_URL: write smtp:/),
  ]);
  expect(server.tokens.living).toBe(0);
});

it('does not ask Vault while its own settings are wrong, and tells all', async () => {
  const server = await vaultServer();
  const { VAULT_TOKEN: _, ...rest } = vaultSettings(server, { ...byToken(server), PORT: 'x' });
  const error = await thrownBy(rest);
  expect(error.message).toMatch(/PORT: .*\n.*VAULT_TOKEN: is not set/);
  expect(server.requests).toEqual([]);
});

it('says what, why and what to do where Vault cannot be read', async () => {
  const server = await vaultServer();
  const token = byToken(server);
  expect((await thrownBy(vaultSettings(server, token))).message).toBe(
    `There is no such secret in Vault.
  Why:        ${server.url}: kv/charter: status 404
  What to do: Write it (vault kv put), or bring its last version back (vault kv undelete, vault kv rollback). VAULT_SECRETS names it with its mount, as kv/charter.`,
  );
  // As `vault kv get` takes the path `team/data/charter` of the engine `kv`.
  const odd = { ...token, VAULT_SECRETS: 'kv/team/data/charter' };
  expect((await thrownBy(vaultSettings(server, odd))).message).toContain(
    'names charter in an engine that is mounted at kv/team; where the engine is at kv, write kv/data/team/data/charter.',
  );
  const away = { ...vaultSettings(server, token), VAULT_ADDR: 'http://127.0.0.1:1' };
  expect((await thrownBy(away)).message).toMatch(/cannot be reached.\n.*ECONNREFUSED/);
});

it('tries again what passes, for as long as a start may take', async () => {
  const server = await vaultServer();
  server.put('kv/charter', keys);
  let tries = 0;
  server.intercept = () => {
    tries += 1;
    return tries < 3 ? failed(503, 'Vault is sealed') : undefined;
  };
  const settings = vaultSettings(server, { ...byToken(server), VAULT_START_SECONDS: '60' });
  const { env } = await readSecrets(settings);
  expect(env.DATABASE_URL).toBe(keys.DATABASE_URL);
});

it.each([
  ['logs in', '/login', 'as usual'],
  ['waits for an answer', 'kv/data/charter', 'never'],
])('leaves no token behind where it is told to end while it %s', async (_what, path, answers) => {
  const server = await vaultServer();
  server.put('kv/charter', keys);
  const stop = new AbortController();
  server.intercept = (asked) => {
    if (!asked.path.endsWith(path)) return undefined;
    stop.abort();
    return answers === 'never' ? 'handled' : undefined;
  };
  const settings = vaultSettings(server, { ...byAppRole(server), VAULT_START_SECONDS: '60' });
  await expect(readSecrets(settings, stop.signal)).rejects.toThrow(/abort/i);
  expect(server.requests).toContain('POST auth/approle/login');
  expect(server.tokens.living).toBe(0);
});
