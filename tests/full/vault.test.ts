import { decodeProtectedHeader } from 'jose';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { SigningKeys } from '../../server/features/signing-keys/service.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { publicUrl, startApp, type TestApp } from '../kit/app.ts';
import { aMember, anAdministrator, createPerson, newPerson } from '../kit/callers.ts';
import { onServer, testSecrets } from '../kit/cluster.ts';
import { withToken } from '../kit/credentials.ts';
import { createDatabase } from '../kit/database.ts';
import { startProvider, type TestProvider } from '../kit/identity-provider.ts';
import { aPicture } from '../kit/pictures.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { comeBack, exchange, resultIn } from '../kit/provider-sign-in.ts';
import { type S3Server, startS3 } from '../kit/s3-server.ts';
import { smtpSink } from '../kit/smtp-sink.ts';
import { byAppRole, openVault, vaultServer, vaultSettings } from '../kit/vault.ts';
import type { VaultServer } from '../kit/vault-server.ts';

afterAll(endProcesses);

const [older = ''] = testSecrets;
const newer = 'a newer secret of at least 32 characters';

interface Servers {
  readonly vault: VaultServer;
  readonly smtpPort: number;
  readonly s3: S3Server;
  readonly provider: TestProvider;
}

/** An app whose database, mail server, keys, bucket and provider are known to Vault alone. */
async function appByVault({ vault: server, smtpPort, s3, provider }: Servers) {
  const role = `role_${Math.random().toString(36).slice(2)}`;
  const vault = openVault(server, byAppRole(server));
  let place = '';
  const urlBy = (password: string) =>
    Object.assign(new URL(place), { username: role, password }).href;
  const smtpBy = (password: string) => `smtp://us:${password}@127.0.0.1:${smtpPort}?tls=none`;
  const settings = {
    ...{ SMTP_URL: smtpBy('one'), DATABASE_POOL_SIZE: '30', SECRET_KEYS: older },
    ...{ ...s3.settings, ...provider.settings },
  };
  const route = async (url: string) => {
    place = url;
    await onServer(url, `create role ${role} login superuser password 'one'`);
    onTestFinished(async () => {
      await onServer(new URL('/postgres', url).href, `drop role if exists ${role}`);
    });
    const DATABASE_URL = urlBy('one');
    server.put('kv/charter', { DATABASE_URL, ...settings });
    await vault.open();
    return DATABASE_URL;
  };
  const app = await startApp(settings, { vault, route, pooler: undefined });
  onTestFinished(() => app.close());
  const alter = (password: string) => onServer(place, `alter role ${role} password '${password}'`);
  return { app, urlBy, smtpBy, alter };
}

/** Everything that needs a secret: the database, the bucket, the provider, keys that sign and seal. */
async function loadOn(app: TestApp, provider: TestProvider) {
  const { client } = await anAdministrator(app);
  const portrayed = await Promise.all(Array.from({ length: 5 }, () => aMember(app)));
  const file = aPicture();
  const create = async () => (await client.users.create({ body: newPerson() })).status;
  const list = async () => (await client.users.list({ limit: 5 })).status;
  const ways = [
    ...[create, list],
    async (at: number) => {
      const { me } = portrayed[at % portrayed.length]?.client ?? client;
      await unwrap(me.setAvatar({ body: { file } }));
      const shown = await me.getAvatar();
      await new Response(shown.body as ReadableStream).arrayBuffer();
      return shown.status;
    },
    async () => {
      const body = { provider: 'acme', delivery: 'tokens' as const };
      const { url, binding } = await unwrap(app.client().oidc.start({ body }));
      const { code = '' } = resultIn(await comeBack(app, await provider.signIn(url, 'ada')));
      const answer = await unwrap(exchange(app, { code, binding, headers: {} }));
      return (await withToken(app, accessTokenIn(answer)).me.get()).status;
    },
    ...[create, list],
  ];
  /** More at once each time, so that the pool has to grow: new connections log in. */
  return async (atOnce: number) => {
    const statuses = Array.from({ length: atOnce }, async (_, at) =>
      ways[at % ways.length]?.(Math.floor(at / ways.length)),
    );
    for (const status of await Promise.all(statuses)) expect([200, 201]).toContain(status);
  };
}

function accessTokenIn(answer: object): string {
  return 'accessToken' in answer ? String(answer.accessToken) : '';
}

it('rotates every secret under load, and no request fails', async () => {
  const server = await vaultServer();
  const s3 = await startS3();
  onTestFinished(() => s3.stop());
  const provider = await startProvider({
    redirectUris: [`${publicUrl}/api/v1/auth/oidc/callback/acme`],
    clock: { catchUp: () => app.clock.catchUp() },
  });
  onTestFinished(() => provider.close());
  const logins: string[] = [];
  const mailbox = await smtpSink({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      logins.push(password ?? '');
      done(null, { user: username });
    },
  });
  const parts = { vault: server, smtpPort: mailbox.port, s3, provider };
  const { app, urlBy, smtpBy, alter } = await appByVault(parts);
  const load = await loadOn(app, provider);
  const look = () => app.platform.secrets.look();
  await load(4);

  // The password of the database: Vault first. The server does not know it yet.
  server.patch('kv/charter', { DATABASE_URL: urlBy('two') });
  await look();
  await load(10);
  await alter('two');
  await load(16);

  // And so soon after it that no process has looked in between.
  server.patch('kv/charter', { DATABASE_URL: urlBy('three') });
  await alter('three');
  await load(30);

  // The key of the bucket: it knows both until nobody has the old one any more.
  s3.access.set('ANOTHER', 'another-secret-of-the-tests');
  const s3Key = {
    S3_ACCESS_KEY_ID: 'ANOTHER',
    S3_SECRET_ACCESS_KEY: 'another-secret-of-the-tests',
  };
  server.patch('kv/charter', s3Key);
  await Promise.all([look(), load(6)]);
  for (const id of s3.access.keys()) if (id !== 'ANOTHER') s3.access.delete(id);
  await load(6);

  // Our secret at the provider, which takes one at a time: the new one in front, until it does.
  const providerSecret = 'a-new-secret-of-a-client-of-the-test';
  const bothSecrets = `acme=${providerSecret} acme=${provider.clientSecret}`;
  server.patch('kv/charter', { IDENTITY_PROVIDER_SECRETS: bothSecrets });
  await Promise.all([look(), load(6)]);
  provider.takes(providerSecret);
  await load(6);
  server.patch('kv/charter', { IDENTITY_PROVIDER_SECRETS: `acme=${providerSecret}` });
  await Promise.all([look(), load(6)]);

  // The keys that seal: sessions of before go on, and what the old one has sealed is sealed anew.
  const person = await createPerson(app);
  const signIn = {
    identifier: person.email,
    password: person.password,
    delivery: 'tokens' as const,
  };
  const tokens = await unwrap(app.client().auth.login({ body: signIn }));
  server.patch('kv/charter', { SECRET_KEYS: `${newer},${older}` });
  await Promise.all([look(), load(6)]);
  const refreshed = app
    .client()
    .auth.refresh({ body: { refreshToken: 'refreshToken' in tokens ? tokens.refreshToken : '' } });
  expect((await refreshed).status).toBe(200);
  await Promise.all([app.platform.resealing.run(systemActor('test')), load(6)]);
  server.patch('kv/charter', { SECRET_KEYS: newer });
  await Promise.all([look(), load(6)]);

  // The keys that sign: published, signing later, and what the one before has signed is good on.
  const signingKeys = new SigningKeys(app.platform);
  const [{ kid }] = await Promise.all([signingKeys.rotate(systemActor('test'), 60), load(6)]);
  app.clock.advance({ seconds: 60 });
  await load(6);
  const signed = accessTokenIn(await unwrap(app.client().auth.login({ body: signIn })));
  expect(decodeProtectedHeader(signed).kid).toBe(kid);
  expect((await withToken(app, accessTokenIn(tokens)).me.get()).status).toBe(200);

  // The mail server.
  server.patch('kv/charter', { SMTP_URL: smtpBy('two') });
  await Promise.all([look(), load(6)]);
  await app.client().passwordReset.request({ body: { email: person.email } });
  await app.workJobs();
  expect(logins.at(-1)).toBe('two');

  const said = JSON.stringify(app.logs);
  const secrets = [newer, older, urlBy('three'), smtpBy('two'), providerSecret];
  for (const secret of [...secrets, s3Key.S3_SECRET_ACCESS_KEY]) expect(said).not.toContain(secret);
  expect(app.logs.filter(({ level }) => level === 'error')).toEqual([]);
});

it('leaves no token where a look at the settings is broken off', async () => {
  const server = await vaultServer();
  const settings = vaultSettings(server, byAppRole(server));
  const show = startProcess(settings, undefined, ['server/cli/main.ts', 'config', 'show']);
  server.intercept = ({ path }) => {
    if (!path.endsWith('kv/data/charter')) return undefined;
    show.child.kill('SIGINT');
    return 'handled';
  };
  expect(await show.end).toBeNull();
  expect(server.requests).toContain('POST auth/approle/login');
  expect(server.tokens.living).toBe(0);
});

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
