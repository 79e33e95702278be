import { expect, onTestFinished } from 'vitest';
import { readVaultConfig } from '../../server/config/config.ts';
import type { VaultConfig } from '../../server/config/vault.ts';
import { Vault } from '../../server/platform/secrets/vault/vault.ts';
import { TestClock } from './clock.ts';
import { type VaultOptions, VaultServer } from './vault-server.ts';
import type { RoleOptions, TokenOptions } from './vault-tokens.ts';

type Settings = Readonly<Record<string, string>>;

/** What a service needs to read its secret, and no more: as docs/secrets.md shows it. */
const reader = { 'kv/data/charter': ['read'] };

/** A Vault until the test ends; nothing may have been asked of it in another way than documented. */
export async function vaultServer(options: VaultOptions = {}): Promise<VaultServer> {
  const server = await new VaultServer(options).start();
  server.tokens.policies.set('charter', reader);
  onTestFinished(async () => {
    await server.stop();
    expect(server.violations).toEqual([]);
  });
  return server;
}

export function byToken(server: VaultServer, options: Partial<TokenOptions> = {}): Settings {
  return { VAULT_TOKEN: server.tokens.create({ policies: ['charter'], ...options }) };
}

export function byAppRole(server: VaultServer, options: Partial<RoleOptions> = {}): Settings {
  const roleId = server.tokens.createRole({ policies: ['charter'], ttlSeconds: 3_600, ...options });
  return { VAULT_ROLE_ID: roleId, VAULT_SECRET_ID: server.tokens.createSecretId(roleId) };
}

/** What a start is told of this Vault. */
export function vaultSettings(server: VaultServer, more: Settings = {}): Settings {
  return { VAULT_ADDR: server.url, VAULT_SECRETS: 'kv/charter', VAULT_START_SECONDS: '0', ...more };
}

export function vaultConfig(server: VaultServer, more: Settings): VaultConfig {
  const config = readVaultConfig(vaultSettings(server, more));
  if (!config) throw new Error('These settings name no Vault');
  return config;
}

/** Ours, on a clock that stands still. */
export function openVault(server: VaultServer, more: Settings, clock = new TestClock()): Vault {
  const vault = new Vault(vaultConfig(server, more), clock);
  onTestFinished(() => vault.close());
  return vault;
}
