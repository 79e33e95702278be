import { beforeEach, expect, it, vi } from 'vitest';
import { useApp } from '../kit/app.ts';
import { testSecrets } from '../kit/cluster.ts';
import { charter } from '../kit/command.ts';
import { byAppRole, byToken, vaultServer, vaultSettings } from '../kit/vault.ts';
import type { VaultServer } from '../kit/vault-server.ts';

const app = useApp();

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('SECRET_KEYS', '');
});

function use(settings: Readonly<Record<string, string>>): void {
  for (const [setting, value] of Object.entries(settings)) vi.stubEnv(setting, value);
}

async function serverWith(more: Record<string, string> = {}): Promise<VaultServer> {
  const server = await vaultServer();
  const DATABASE_URL = app.config.database.url;
  server.put('kv/charter', { DATABASE_URL, SECRET_KEYS: testSecrets.join(','), ...more });
  return server;
}

it('lets commands work with what is in Vault alone, and looks at Vault itself', async () => {
  const server = await serverWith({ theirs: 'a word of somebody else' });
  server.isPerformanceStandby = true;
  use(vaultSettings(server, byAppRole(server, { secretIdUses: 1 })));
  const { code, out } = await charter(['doctor']);
  expect(out).toContain(`✓ vault          1.17.2 at ${server.url}`);
  expect(out).toMatch(
    /✓ vault login .*by an AppRole, ends in 60 min, renewable; policies: default,/,
  );
  expect(out).toMatch(/✓ vault secret .*version 1: DATABASE_URL, SECRET_KEYS; not used: theirs/);
  expect(out).not.toContain('somebody else');
  expect(code).toBe(0);
  expect(server.tokens.living).toBe(0);
});

it('says what a token should not be, and what it may do too much', async () => {
  const server = await serverWith();
  const roots = byToken(server, { policies: ['root'] });
  use(vaultSettings(server, roots));
  expect((await charter(['doctor'])).out).toMatch(/✗ vault login .*root\n.*token of its own/);
  server.tokens.policies.set('charter', { 'kv/*': ['read', 'update'] });
  use(byToken(server, { ttlSeconds: 600, isRenewable: false }));
  const { code, out } = await charter(['doctor']);
  expect(out).toMatch(/✗ vault login .*ends in 10 min; .*\n.*put another one/);
  expect(out).toMatch(/reading is enough, and we may also update/);
  expect(code).toBe(1);
});

it('says what keeps a command from reading Vault', async () => {
  const server = await serverWith();
  use(vaultSettings(server, byToken(server)));
  server.seal();
  const { code, err } = await charter(['role', 'list']);
  expect(code).toBe(1);
  expect(err).toMatch(/^Vault is sealed, or not initialised.\n {2}Why: .*\n {2}What to do: /);
  const { out } = await charter(['doctor']);
  expect(out).toMatch(/✗ vault .*Vault is sealed/);
});
