import { afterAll, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { startApp } from '../kit/app.ts';
import { anAdministrator, createPerson, newPerson } from '../kit/callers.ts';
import { onServer, testSecrets } from '../kit/cluster.ts';
import { createDatabase } from '../kit/database.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { smtpSink } from '../kit/smtp-sink.ts';
import { byAppRole, openVault, vaultServer, vaultSettings } from '../kit/vault.ts';
import type { VaultServer } from '../kit/vault-server.ts';

afterAll(endProcesses);

const [older = ''] = testSecrets;
const newer = 'a newer secret of at least 32 characters';

/** An app whose database, mail server and keys are known to Vault alone. */
async function appByVault(server: VaultServer, smtpPort: number) {
  const role = `role_${Math.random().toString(36).slice(2)}`;
  const vault = openVault(server, byAppRole(server));
  let place = '';
  const urlBy = (password: string) =>
    Object.assign(new URL(place), { username: role, password }).href;
  const smtpBy = (password: string) => `smtp://us:${password}@127.0.0.1:${smtpPort}?tls=none`;
  const route = async (url: string) => {
    place = url;
    await onServer(url, `create role ${role} login superuser password 'one'`);
    onTestFinished(async () => {
      await onServer(new URL('/postgres', url).href, `drop role if exists ${role}`);
    });
    const DATABASE_URL = urlBy('one');
    server.put('kv/charter', { DATABASE_URL, SECRET_KEYS: older, SMTP_URL: smtpBy('one') });
    await vault.open();
    return DATABASE_URL;
  };
  const settings = { SMTP_URL: smtpBy('one'), DATABASE_POOL_SIZE: '30', SECRET_KEYS: older };
  const app = await startApp(settings, { vault, route, pooler: undefined });
  onTestFinished(() => app.close());
  const alter = (password: string) => onServer(place, `alter role ${role} password '${password}'`);
  return { app, urlBy, smtpBy, alter };
}

/** More at once each time, so that the pool has to grow: new connections log in. */
async function load(client: Awaited<ReturnType<typeof anAdministrator>>['client'], atOnce: number) {
  const statuses = Array.from({ length: atOnce }, async (_, at) => {
    if (at % 2 === 0) return (await client.users.create({ body: newPerson() })).status;
    return (await client.users.list({ limit: 5 })).status;
  });
  for (const status of await Promise.all(statuses)) expect([200, 201]).toContain(status);
}

it('rotates every secret under load, and no request fails', async () => {
  const server = await vaultServer();
  const logins: string[] = [];
  const mailbox = await smtpSink({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      logins.push(password ?? '');
      done(null, { user: username });
    },
  });
  const { app, urlBy, smtpBy, alter } = await appByVault(server, mailbox.port);
  const { client } = await anAdministrator(app);
  const look = () => app.platform.secrets.look();
  await load(client, 4);

  // The password of the database: Vault first. The server does not know it yet.
  server.patch('kv/charter', { DATABASE_URL: urlBy('two') });
  await look();
  await load(client, 10);
  await alter('two');
  await load(client, 16);

  // And so soon after it that no process has looked in between.
  server.patch('kv/charter', { DATABASE_URL: urlBy('three') });
  await alter('three');
  await load(client, 30);

  // The keys: sessions of before go on, and what the old one has sealed is sealed anew.
  const person = await createPerson(app);
  const signIn = {
    identifier: person.email,
    password: person.password,
    delivery: 'tokens' as const,
  };
  const tokens = await unwrap(app.client().auth.login({ body: signIn }));
  server.patch('kv/charter', { SECRET_KEYS: `${newer},${older}` });
  await Promise.all([look(), load(client, 20)]);
  const refreshed = app
    .client()
    .auth.refresh({ body: { refreshToken: 'refreshToken' in tokens ? tokens.refreshToken : '' } });
  expect((await refreshed).status).toBe(200);
  await Promise.all([app.platform.resealing.run(systemActor('test')), load(client, 20)]);

  // The mail server.
  server.patch('kv/charter', { SMTP_URL: smtpBy('two') });
  await Promise.all([look(), load(client, 20)]);
  await app.client().passwordReset.request({ body: { email: person.email } });
  await app.workJobs();
  expect(logins.at(-1)).toBe('two');

  const said = JSON.stringify(app.logs);
  for (const secret of [newer, older, urlBy('three'), smtpBy('two')])
    expect(said).not.toContain(secret);
  expect(app.logs.filter(({ level }) => level === 'error')).toEqual([]);
}, 60_000);

it('starts in production with nothing but Vault, as worker and command do, and not without', async () => {
  const server = await vaultServer();
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  const { DATABASE_URL, SECRET_KEYS, ...patient } = testEnvironment(database.url);
  server.put('kv/charter', { DATABASE_URL, SECRET_KEYS });
  const settings = {
    ...patient,
    ...vaultSettings(server, byAppRole(server)),
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://api.example.com',
    STORAGE_PATH: '/tmp',
  };
  const service = startProcess(settings, undefined, ['server/launch/production.mjs']);
  const worker = startProcess(settings, undefined, ['server/cli/main.ts', 'worker', '--once']);
  const url = await service.listening();
  expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
  expect(await worker.end).toBe(0);
  service.child.kill('SIGTERM');
  expect(await service.end).toBe(0);
  expect(server.tokens.living).toBe(0);
  server.seal();
  const late = startProcess(settings, undefined, ['server/launch/production.mjs']);
  expect(await late.end).toBe(1);
  expect(late.output()).toContain('Vault is sealed, or not initialised.\n  Why: ');
}, 60_000);
