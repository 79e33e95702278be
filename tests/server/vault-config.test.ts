import { expect, it } from 'vitest';
import { readConfig } from '../../server/config/config.ts';
import { mistakesOf } from '../kit/mistakes.ts';

const enough = { DATABASE_URL: 'postgres://db.example/charter', SECRET_KEYS: 'x'.repeat(32) };
const vault = {
  VAULT_ADDR: 'https://vault.example:8200',
  VAULT_SECRETS: 'kv/charter, teams/a/kv/data/smtp',
  VAULT_TOKEN: 'hvs.word',
};
const production = {
  ...enough,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  STORAGE_PATH: '/var/lib/charter',
};

it('names secrets as people do, and asks for them as the API does', () => {
  expect(readConfig({}, { ...enough, ...vault }).vault).toEqual({
    address: 'https://vault.example:8200',
    namespace: undefined,
    ca: undefined,
    login: { token: 'hvs.word' },
    secrets: [
      { name: 'kv/charter', path: 'kv/data/charter' },
      { name: 'teams/a/kv/data/smtp', path: 'teams/a/kv/data/smtp' },
    ],
    ...{ refreshSeconds: 30, timeoutMs: 5_000, startSeconds: 15 },
  });
});

it('is nothing without VAULT_SECRETS: a shell may know a Vault for other ends', () => {
  const { VAULT_SECRETS: _, ...rest } = vault;
  expect(readConfig({}, { ...enough, ...rest, VAULT_ROLE_ID: 'role' }).vault).toBeUndefined();
});

it.each([
  ['VAULT_ADDR', { VAULT_ADDR: undefined }],
  ['VAULT_ADDR', { VAULT_ADDR: 'vault.example' }],
  ['VAULT_ADDR', { VAULT_ADDR: 'https://vault.example/v1' }],
  ['VAULT_TOKEN', { VAULT_TOKEN: undefined }],
  ['VAULT_TOKEN', { VAULT_TOKEN: 'two\nlines' }],
  ['VAULT_TOKEN', { VAULT_ROLE_ID: 'role', VAULT_SECRET_ID: 'secret' }],
  ['VAULT_TOKEN_FILE', { VAULT_TOKEN: undefined, VAULT_TOKEN_FILE: '/nowhere/token' }],
  ['VAULT_SECRET_ID', { VAULT_TOKEN: undefined, VAULT_ROLE_ID: 'role' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: 'charter' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: 'kv/../sys/raw' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: 'kv/charter?version=1' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: '/kv/charter' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: 'kv/charter.' }],
  ['VAULT_SECRETS', { VAULT_SECRETS: ',' }],
  ['VAULT_CACERT', { VAULT_CACERT: '/nowhere/ca.pem' }],
  ['VAULT_NAMESPACE', { VAULT_NAMESPACE: 'a b' }],
  ['VAULT_APPROLE_MOUNT', { VAULT_APPROLE_MOUNT: '../token' }],
  ['VAULT_REFRESH_SECONDS', { VAULT_REFRESH_SECONDS: '0' }],
])('refuses a wrong %s: %j', (setting, wrong) => {
  const mistakes = mistakesOf({ ...enough, ...vault, ...wrong });
  expect([...new Set(mistakes.map((mistake) => mistake.split(':')[0]))]).toEqual([setting]);
  expect(mistakes.join()).not.toContain('hvs.');
});

it('tells all of what is missing at once', () => {
  expect(mistakesOf({ ...enough, VAULT_SECRETS: 'kv/charter', VAULT_SECRET_ID: 'x' })).toEqual([
    expect.stringMatching(/^VAULT_ADDR: is not set/),
    expect.stringMatching(/^VAULT_TOKEN: is not set/),
    expect.stringMatching(/^VAULT_ROLE_ID: is not set/),
  ]);
});

it('sends nothing in the clear in production, but to an agent on this machine', () => {
  const by = (VAULT_ADDR: string) => mistakesOf({ ...production, ...vault, VAULT_ADDR });
  expect(by('http://vault.example:8200')).toEqual([expect.stringMatching(/^VAULT_ADDR: sends/)]);
  expect(by('http://127.0.0.1:8200')).toEqual([]);
  expect(by('http://[::1]:8200')).toEqual([]);
});
