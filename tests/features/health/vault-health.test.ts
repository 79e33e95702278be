import { expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { startApp } from '../../kit/app.ts';
import { anAdministrator } from '../../kit/callers.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { byToken, openVault, vaultServer } from '../../kit/vault.ts';

const password = 'the-word-of-the-mail-server';

it('tells holders of health:read how old the secrets are, and everybody that all is not well', async () => {
  const server = await vaultServer();
  const SECRET_KEYS = testSecrets.join(',');
  server.put('kv/charter', { SECRET_KEYS, SMTP_URL: `smtp://a:${password}@mail.example` });
  const vault = openVault(server, byToken(server, { ttlSeconds: 3_600, isRenewable: false }));
  await vault.open();
  const app = await startApp({}, { vault });
  onTestFinished(() => app.close());
  const { client } = await anAdministrator(app);
  const report = async () => {
    const { status, components } = await unwrap(client.health.check());
    return { status, vault: components?.vault, configuration: components?.configuration };
  };
  expect(await report()).toMatchObject({
    status: 'healthy',
    vault: {
      status: 'healthy',
      secrets: [{ name: 'kv/charter', version: 1 }],
      warnings: [expect.stringMatching(/^The token for Vault ends at .*Z, and cannot be renewed/)],
    },
  });
  expect(await app.scrape()).toContain('charter_vault_up 1');
  server.seal();
  await app.platform.secrets.look();
  expect(await report()).toMatchObject({
    status: 'degraded',
    vault: {
      status: 'degraded',
      warnings: [expect.stringContaining('could not be read'), expect.any(String)],
    },
  });
  expect(await unwrap(app.client().health.check())).toMatchObject({ status: 'degraded' });
  expect(await app.client().health.readiness()).toMatchObject({ status: 200 });
  expect(await app.scrape()).toContain('charter_vault_up 0');
  server.isSealed = false;
  server.patch('kv/charter', { SECRET_KEYS: 'of somebody else, with enough characters' });
  await app.platform.secrets.look();
  expect(await report()).toMatchObject({
    status: 'healthy',
    vault: { status: 'healthy', secrets: [{ version: 2 }] },
    // Behind a pooler there are more.
    configuration: {
      warnings: expect.arrayContaining([
        expect.stringMatching(/^SECRET_KEYS has changed and cannot/),
      ]),
    },
  });
  expect(JSON.stringify([await report(), app.logs])).not.toContain(password);
});
