import { expect, it, onTestFinished, vi } from 'vitest';
import { openPlatform } from '../../../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../../../kit/app.ts';
import { TestClock } from '../../../kit/clock.ts';
import { testSecrets } from '../../../kit/cluster.ts';
import { byAppRole, byToken, openVault, vaultServer } from '../../../kit/vault.ts';
import { failed, type VaultServer } from '../../../kit/vault-server.ts';

const [older = ''] = testSecrets;
const newer = 'a newer secret of at least 32 characters';
/** Nothing here asks the database. */
const nowhere = 'postgres://charter@127.0.0.1:1/charter';

/** A platform that follows what it has read from Vault. */
async function follow(login: (server: VaultServer) => Record<string, string> = byToken) {
  const clock = new TestClock();
  const server = await vaultServer({ clock });
  server.put('kv/charter', { SECRET_KEYS: older, SMTP_URL: 'smtp://a:one@mail.example' });
  const vault = openVault(server, login(server), clock);
  await vault.open();
  const { log, logs } = recordingLog();
  const platform = openPlatform(testConfig(nowhere), { log, vault, clock });
  onTestFinished(() => platform.close());
  const look = () => platform.secrets.look();
  const logins = () => server.requests.filter((one) => one.endsWith('/login')).length;
  return { ...platform, clock, server, vault, logs, look, logins };
}

it('takes what is new, says which version, and nothing of what is the same', async () => {
  const { server, secretKeys, logs, look, vault } = await follow();
  await look();
  expect(logs).toEqual([]);
  const sealed = secretKeys.seal('text', 'row');
  server.patch('kv/charter', { SECRET_KEYS: `${newer},${older}` });
  await look();
  expect(secretKeys.open(sealed, 'row')).toBe('text');
  expect(sealed.startsWith(secretKeys.prefix)).toBe(false);
  expect(logs).toMatchObject([{ setting: 'SECRET_KEYS', source: 'vault', version: 2 }]);
  expect(JSON.stringify([logs, vault.state])).not.toContain(newer);
});

it('keeps what it has while a key is refused or gone, and says so once', async () => {
  const { server, secretKeys, secrets, logs, look } = await follow();
  const sealed = secretKeys.seal('text', 'row');
  server.patch('kv/charter', { SECRET_KEYS: newer });
  await look();
  await look();
  expect(logs).toMatchObject([{ level: 'error', reason: expect.stringMatching(/^None of the/) }]);
  server.put('kv/charter', { SMTP_URL: 'smtp://a:one@mail.example' });
  await look();
  await look();
  expect(logs).toHaveLength(2);
  expect(logs.at(-1)).toMatchObject({
    reason: 'kv/charter: has no such key any more, or no text there',
  });
  expect(secrets.warnings()).toEqual([
    expect.stringMatching(/^SECRET_KEYS has changed and cannot/),
  ]);
  expect(secretKeys.open(sealed, 'row')).toBe('text');
  server.put('kv/charter', { SECRET_KEYS: older });
  await look();
  expect(secrets.warnings()).toEqual([expect.stringMatching(/^SMTP_URL/)]);
});

it('goes on while Vault is away, says so once, and when it is back', async () => {
  const { clock, server, vault, logs, look } = await follow();
  server.seal();
  clock.advance({ minutes: 5 });
  await look();
  await look();
  const trouble = expect.stringContaining('Vault is sealed');
  expect(vault.state).toMatchObject({ ageSeconds: 300, trouble, looks: { failed: 2 } });
  server.isSealed = false;
  await look();
  expect(vault.state).toMatchObject({ ageSeconds: 0, trouble: undefined });
  expect(logs).toMatchObject([
    { level: 'warn', source: 'vault', reason: expect.stringContaining('Vault is sealed') },
    { level: 'info', source: 'vault', awaySeconds: expect.any(Number) },
  ]);
});

it('asks sooner after a failure, in growing steps, and not before Vault wants it', async () => {
  const { server, vault, look } = await follow();
  expect(vault.waitMs).toBeGreaterThan(26_000);
  server.intercept = () => failed(500);
  const waits: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    await look();
    waits.push(vault.waitMs);
  }
  expect(waits[0]).toBeLessThan(1_200);
  expect(waits[3]).toBeGreaterThan(7_000);
  expect(waits.at(-1)).toBeLessThan(33_001);
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  server.intercept = () => ({ ...failed(429, 'quota'), headers: { 'retry-after': '120' } });
  await look();
  expect(vault.waitMs).toBe(120_000);
  vi.advanceTimersByTime(119_000);
  // As for a login that the database has refused.
  const asked = server.requests.length;
  await look();
  expect([server.requests.length, vault.state.looks.failed]).toEqual([asked, 9]);
  server.intercept = undefined;
  vi.advanceTimersByTime(1_000);
  await look();
  expect(vault.state.trouble).toBeUndefined();
});

it('asks no sooner because a renewal is overdue while Vault is away', async () => {
  const role = { ttlSeconds: 100 };
  const { clock, server, vault, look, logins } = await follow((to) => byAppRole(to, role));
  clock.advance({ seconds: 71 });
  server.intercept = () => failed(500);
  for (let round = 0; round < 4; round += 1) await look();
  expect(vault.waitMs).toBeGreaterThan(7_000);
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  server.intercept = () => ({ ...failed(503), headers: { 'retry-after': '60' } });
  await look();
  expect(vault.waitMs).toBe(60_000);
  server.intercept = undefined;
  vi.advanceTimersByTime(60_000);
  await look();
  expect([vault.state.trouble, logins()]).toEqual([undefined, 1]);
  expect(vault.waitMs).toBeGreaterThan(26_000);
});

it('renews its token in time, and logs in anew near the most that it may live', async () => {
  const role = { ttlSeconds: 100, maxSeconds: 180 };
  const { clock, server, vault, logs, look, logins } = await follow((to) => byAppRole(to, role));
  clock.advance({ seconds: 71 });
  expect(vault.waitMs).toBe(1_000);
  await look();
  expect(server.requests).toContain('POST auth/token/renew-self');
  clock.advance({ seconds: 71 });
  await look();
  // 38 seconds are left: less than half.
  clock.advance({ seconds: 30 });
  await look();
  expect(logins()).toBe(2);
  expect(logs).toEqual([]);
});

it.each([
  ['was revoked', (server: VaultServer) => server.tokens.revokeAll()],
  ['has ended', (_server: VaultServer, clock: TestClock) => clock.advance({ hours: 2 })],
])('logs in anew when its token %s', async (_what, end) => {
  const { clock, server, logs, look, logins } = await follow(byAppRole);
  end(server, clock);
  await look();
  expect(logins()).toBe(2);
  expect(logs).toEqual([]);
});

it('does not log in again and again because of a policy', async () => {
  const { server, logs, look, logins } = await follow(byAppRole);
  server.tokens.policies.delete('charter');
  for (let round = 0; round < 3; round += 1) await look();
  expect(logins()).toBe(1);
  expect(logs).toMatchObject([{ level: 'warn', reason: expect.stringContaining('denied') }]);
});

it('logs in once for a refusal where its token may not look itself up, and again when that is over', async () => {
  const { clock, server, vault, logs, look, logins } = await follow(byAppRole);
  server.tokens.policies.set('default', {
    'auth/token/renew-self': ['update'],
    'auth/token/revoke-self': ['update'],
  });
  server.tokens.policies.delete('charter');
  for (let round = 0; round < 3; round += 1) await look();
  expect([logins(), server.tokens.living]).toEqual([2, 1]);
  server.tokens.policies.set('charter', { 'kv/data/charter': ['read'] });
  await look();
  expect([vault.state.trouble, logins()]).toEqual([undefined, 2]);
  // Revoked, which it cannot be told from a refusal by a policy.
  server.tokens.revokeAll();
  await look();
  expect([vault.state.trouble, logins()]).toEqual([undefined, 3]);
  server.tokens.policies.delete('charter');
  await look();
  server.tokens.revokeAll();
  server.tokens.policies.set('charter', { 'kv/data/charter': ['read'] });
  clock.advance({ hours: 1 });
  await look();
  expect(vault.state.trouble).toBeUndefined();
  expect(logs.map(({ level }) => level)).toEqual(['warn', 'info', 'warn', 'info']);
});

it('uses a token until its end where it cannot be renewed, tells of it, and takes the next', async () => {
  const short = { ttlSeconds: 600, isRenewable: false };
  const { clock, server, vault, look } = await follow((to) => byToken(to, short));
  expect(vault.state.tokenEndsAt).toEqual(new Date(clock.now().getTime() + 600_000));
  clock.advance({ seconds: 599 });
  await look();
  expect(vault.state.trouble).toBeUndefined();
  clock.advance({ seconds: 2 });
  await look();
  expect(vault.state.trouble).toContain('the token is not known');
  vault.use({ token: byToken(server).VAULT_TOKEN ?? '' });
  await look();
  expect(vault.state).toMatchObject({ trouble: undefined, tokenEndsAt: undefined });
});

it('opens another wrapped secret id at once, and the same one never again', async () => {
  const secretIds: string[] = [];
  const wrappedIn = (server: VaultServer) => {
    const { VAULT_ROLE_ID = '', VAULT_SECRET_ID = '' } = byAppRole(server);
    secretIds.push(server.tokens.wrap(VAULT_SECRET_ID));
    secretIds.push(server.tokens.wrap(server.tokens.createSecretId(VAULT_ROLE_ID)));
    const wrapped = { VAULT_SECRET_ID: secretIds[0] ?? '', VAULT_SECRET_ID_WRAPPED: 'true' };
    return { VAULT_ROLE_ID, ...wrapped };
  };
  const { server, vault, look, logins } = await follow(wrappedIn);
  const [first = '', second = ''] = secretIds;
  const unwrapped = () => server.requests.filter((one) => one.endsWith('/unwrap')).length;
  // What the first look at its file says.
  vault.use({ secretId: first });
  await look();
  expect([unwrapped(), logins()]).toEqual([1, 1]);
  vault.use({ secretId: second });
  await look();
  expect([unwrapped(), logins()]).toEqual([2, 2]);
  server.tokens.revokeAll();
  await look();
  expect([unwrapped(), logins()]).toEqual([2, 3]);
  expect(vault.state.trouble).toBeUndefined();
});

it('reads the other secrets where one is refused', async () => {
  const { server, logs, look } = await followTwo();
  server.delete('kv/charter');
  server.put('kv/smtp', { SMTP_URL: 'smtp://a:two@mail.example' });
  await look();
  expect(logs).toMatchObject([
    { level: 'error', setting: 'SECRET_KEYS', reason: expect.stringContaining('was deleted') },
    { level: 'info', setting: 'SMTP_URL', version: 2 },
  ]);
});

async function followTwo() {
  const server = await vaultServer();
  server.put('kv/charter', { SECRET_KEYS: older });
  server.put('kv/smtp', { SMTP_URL: 'smtp://a:one@mail.example' });
  server.tokens.policies.set('charter', { 'kv/data/*': ['read'] });
  const vault = openVault(server, { ...byToken(server), VAULT_SECRETS: 'kv/charter,kv/smtp' });
  await vault.open();
  const { log, logs } = recordingLog();
  const platform = openPlatform(testConfig(nowhere), { log, vault });
  onTestFinished(() => platform.close());
  return { server, logs, look: () => platform.secrets.look() };
}
