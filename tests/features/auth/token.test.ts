import { decodeJwt } from 'jose';
import * as oauth from 'openid-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Client, clientCredentials, unwrap } from '../../../client/index.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { makeKey } from '../../../server/features/api-keys/key-text.ts';
import { refusal } from '../../kit/answers.ts';
import { checkedFetch, publicUrl, useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { quickKey, quickProgram } from '../../kit/quick-key.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const unauthenticated = refusal(401, 'unauthenticated');

let admin: Client;

beforeEach(async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  admin = app.client(sending(headers));
});

/** A service account with these permissions, and a key of its own for all of them. */
async function aProgram(permissions: Permission[] = ['users:read', 'roles:read']) {
  const { serviceAccountId, apiKeyId, key } = await quickProgram(app, permissions);
  const path = { serviceAccountId };
  const client = { client_id: serviceAccountId, client_secret: key };
  return { path, keyPath: { ...path, keyId: apiKeyId }, apiKeyId, client };
}

type Form = Readonly<Record<string, string>>;

/** As text, for what no library would send. */
async function post(body: string | Form, authorization?: string) {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(authorization && { Authorization: authorization }),
  };
  const sent = typeof body === 'string' ? body : String(new URLSearchParams(body));
  const init = { method: 'POST', headers, body: sent };
  const response = await app.request('/api/v1/auth/token', init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const granting = { grant_type: 'client_credentials' } as const;
const basic = (id: string, secret: string) => `Basic ${btoa(`${id}:${secret}`)}`;

async function tokenOf(client: Form, more: Form = {}): Promise<string> {
  const { body } = await post({ ...granting, ...client, ...more });
  return (body as { access_token: string }).access_token;
}

function refused(status: number, error: string, code = error) {
  const error_uri = `${publicUrl}/docs/problems/${code}`;
  return { status, body: { error, error_description: expect.any(String), error_uri } };
}

/** A library that nobody here wrote, at our endpoints. */
function library(id: string, authentication: oauth.ClientAuth): oauth.Configuration {
  const at = (verb: string) => `${app.url}/api/v1/auth/${verb}`;
  const server = {
    issuer: publicUrl,
    token_endpoint: at('token'),
    revocation_endpoint: at('revoke'),
  };
  const config = new oauth.Configuration(server, id, undefined, authentication);
  oauth.allowInsecureRequests(config);
  config[oauth.customFetch] = (url, init) => checkedFetch(url, init as RequestInit);
  return config;
}

describe('an OAuth library', () => {
  it.each([
    ['client_secret_basic', oauth.ClientSecretBasic],
    ['client_secret_post', oauth.ClientSecretPost],
  ])('gets a token by %s, calls with it, and revokes it', async (_name, authentication) => {
    const { client } = await aProgram();
    const config = library(client.client_id, authentication(client.client_secret));
    const answer = await oauth.clientCredentialsGrant(config, { scope: 'users:read' });
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'users:read' });
    const users = new URL(`${app.url}/api/v1/users`);
    const call = () => oauth.fetchProtectedResource(config, answer.access_token, users, 'GET');
    expect((await call()).status).toBe(200);
    await oauth.tokenRevocation(config, answer.access_token);
    await expect(call()).rejects.toMatchObject({ status: 401 });
  });

  it('understands why it gets none', async () => {
    const { client } = await aProgram();
    const wrong = library(client.client_id, oauth.ClientSecretPost('charter_wrong'));
    await expect(oauth.clientCredentialsGrant(wrong)).rejects.toMatchObject({ status: 401 });
    const right = library(client.client_id, oauth.ClientSecretPost(client.client_secret));
    const beyond = oauth.clientCredentialsGrant(right, { scope: 'audit:read' });
    await expect(beyond).rejects.toMatchObject({ status: 400, error: 'invalid_scope' });
  });
});

it('our own client fetches a token by itself, and another one when that has expired', async () => {
  const { client } = await aProgram();
  const { client_id: clientId, client_secret: clientSecret } = client;
  const program = app.client(clientCredentials({ clientId, clientSecret, scopes: ['users:read'] }));
  expect(await program.users.list()).toMatchObject({ status: 200 });
  app.clock.advance({ minutes: 6 });
  expect(await program.users.list()).toMatchObject({ status: 200 });
  const wrong = app.client(clientCredentials({ clientId, clientSecret: 'wrong' }));
  await expect(wrong.users.list()).rejects.toMatchObject({ body: { error: 'invalid_client' } });
});

describe('a token of client credentials', () => {
  it('is a JWT after RFC 9068 that names the program, its key and its scope', async () => {
    const { client, apiKeyId } = await aProgram();
    const { status, headers, body } = await post({ ...granting, ...client });
    const scope = 'roles:read users:read';
    const access_token = expect.any(String);
    expect(status).toBe(200);
    expect(body).toEqual({ access_token, token_type: 'Bearer', expires_in: 300, scope });
    expect(headers.get('cache-control')).toBe('no-store');
    const now = Math.floor(app.clock.now().getTime() / 1000);
    expect(decodeJwt((body as { access_token: string }).access_token)).toEqual({
      iss: publicUrl,
      aud: 'charter',
      sub: client.client_id,
      client_id: client.client_id,
      key_id: apiKeyId,
      scope,
      jti: expect.any(String),
      iat: now,
      nbf: now,
      exp: now + 300,
    });
  });

  it('acts as the service account, within its scope and what it may do at that moment', async () => {
    const { client, path } = await aProgram();
    const whole = withToken(app, await tokenOf(client));
    const narrow = withToken(app, await tokenOf(client, { scope: 'roles:read' }));
    expect(await whole.users.list()).toMatchObject({ status: 200 });
    expect(await narrow.roles.list()).toMatchObject({ status: 200 });
    expect(await narrow.users.list()).toMatchObject(refusal(403, 'permission_denied'));
    const roles = [await insertRole(app, ['users:read'])];
    await unwrap(admin.serviceAccounts.update({ ...path, body: { roles } }));
    expect(await whole.users.list()).toMatchObject({ status: 200 });
    expect(await whole.roles.list()).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('opens nothing that takes a person, or a recent sign-in', async () => {
    const { client } = await aProgram(['roles:manage']);
    const program = withToken(app, await tokenOf(client));
    expect(await program.me.get()).toMatchObject(refusal(403, 'people_only'));
    const answer = await program.roles.create({ body: { name: 'none', permissions: [] } });
    expect(answer).toMatchObject(refusal(403, 'reauthentication_required'));
  });

  it('ends with its time, as late as clocks may differ', async () => {
    const { client } = await aProgram();
    const program = withToken(app, await tokenOf(client));
    app.clock.advance({ seconds: 329 });
    expect(await program.users.list()).toMatchObject({ status: 200 });
    app.clock.advance({ seconds: 1 });
    expect(await program.users.list()).toMatchObject(unauthenticated);
  });

  it('does not outlive a key that ends sooner', async () => {
    const { client, keyPath } = await aProgram();
    await unwrap(admin.serviceAccounts.rotateKey({ ...keyPath, body: { overlapSeconds: 60 } }));
    const { body } = await post({ ...granting, ...client });
    expect(body).toMatchObject({ expires_in: 60 });
    const program = withToken(app, (body as { access_token: string }).access_token);
    expect(await program.users.list()).toMatchObject({ status: 200 });
    app.clock.advance({ seconds: 60 });
    expect(await program.users.list()).toMatchObject(unauthenticated);
    expect(await post({ ...granting, ...client })).toMatchObject(refused(401, 'invalid_client'));
  });

  it.each<[string, (all: Awaited<ReturnType<typeof aProgram>>) => Promise<unknown>]>([
    ['its key is revoked', ({ keyPath }) => unwrap(admin.serviceAccounts.revokeKey(keyPath))],
    [
      'the account is deactivated',
      ({ path }) => unwrap(admin.serviceAccounts.update({ ...path, body: { isActive: false } })),
    ],
    ['the account is removed', ({ path }) => unwrap(admin.serviceAccounts.remove(path))],
  ])('is nobody at once when %s, and there is no other', async (_what, end) => {
    const all = await aProgram();
    const program = withToken(app, await tokenOf(all.client));
    expect(await program.users.list()).toMatchObject({ status: 200 });
    await end(all);
    expect(await program.users.list()).toMatchObject(unauthenticated);
    const again = await post({ ...granting, ...all.client });
    expect(again).toMatchObject(refused(401, 'invalid_client'));
  });

  it('can be revoked alone: the key and its other tokens go on', async () => {
    const { client } = await aProgram();
    const [token, other] = [await tokenOf(client), await tokenOf(client)];
    expect(await withToken(app, token).users.list()).toMatchObject({ status: 200 });
    for (const _time of [1, 2]) await unwrap(app.client().auth.revoke({ body: { token } }));
    expect(await withToken(app, token).users.list()).toMatchObject(unauthenticated);
    expect(await withToken(app, other).users.list()).toMatchObject({ status: 200 });
    const { items } = await unwrap(admin.audit.list({ actor: client.client_id }));
    const { jti } = decodeJwt(token);
    const ended = items.filter(({ operation }) => operation === 'authRevoke');
    expect(ended).toMatchObject([{ targetType: 'access_token', targetId: jti }]);
  });

  it('that was revoked on another process opens nothing that is exact', async () => {
    const { client, path } = await aProgram(['service-accounts:manage']);
    const token = await tokenOf(client);
    const program = withToken(app, token);
    expect(await program.serviceAccounts.get(path)).toMatchObject({ status: 200 });
    // Straight in the database: nobody is told.
    const row = { id: crypto.randomUUID(), kind: 'token', subject: decodeJwt(token).jti };
    await app.db('revocations').insert({ ...row, createdAt: app.clock.now() });
    const update = program.serviceAccounts.update({ ...path, body: { description: 'x' } });
    expect(await update).toMatchObject(unauthenticated);
  });

  it('counts in the limits with its key', async () => {
    const { client } = await aProgram();
    const left = async (token: string) => {
      const { headers } = await withToken(app, token).users.list();
      return Number(/"read"; r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    };
    const [first, second] = [await left(await tokenOf(client)), await left(client.client_secret)];
    expect(second).toBe(first - 1);
  });

  it('is in the audit, and a wrong secret is, too', async () => {
    const { client, apiKeyId } = await aProgram();
    await tokenOf(client);
    await post({ ...granting, ...client, client_secret: 'nothing' });
    await post({ ...granting, ...client, client_secret: makeKey(apiKeyId) });
    const { items } = await unwrap(admin.audit.list({ operation: 'authToken' }));
    const denied = { result: 'denied', reason: 'invalid_client', actor: 'anonymous' };
    expect(items.slice(0, 3)).toMatchObject([
      { ...denied, targetType: 'api_key', targetId: apiKeyId },
      { ...denied, targetType: null },
      { result: 'done', actor: client.client_id, targetType: 'api_key', targetId: apiKeyId },
    ]);
    const lines = await app.scrape();
    const counted = lines.filter((line) => line.startsWith('charter_client_credentials'));
    expect(counted.join()).toMatch(/outcome="issued"} [1-9].*outcome="refused"} [1-9]/);
  });
});

describe('auth.token', () => {
  it('takes the client by Basic, form-encoded as RFC 6749 asks for', async () => {
    const { client_id: id, client_secret: secret } = (await aProgram()).client;
    const encoded = secret.replaceAll('_', '%5F');
    for (const header of [basic(id, secret), basic(id, encoded)]) {
      expect(await post(granting, header)).toMatchObject({ status: 200 });
      expect(await post({ ...granting, client_id: id }, header)).toMatchObject({ status: 200 });
    }
  });

  it('does not take it by two ways at once', async () => {
    const { client } = await aProgram();
    const header = basic(client.client_id, client.client_secret);
    const invalid = refused(400, 'invalid_request', 'validation_failed');
    expect(await post({ ...granting, ...client }, header)).toMatchObject(invalid);
    expect(await post({ ...granting, client_id: 'other' }, header)).toMatchObject(invalid);
  });

  it('asks for the client, and says how', async () => {
    const { client } = await aProgram();
    const { client_id: id, client_secret: secret } = client;
    const other = (await aProgram()).client;
    const answers = await Promise.all([
      post(granting),
      post({ ...granting, client_id: id }),
      post({ ...granting, client_secret: secret }),
      post({ ...granting, ...other, client_id: id }),
      post({ ...granting, client_id: id, client_secret: 'wrong' }),
      post(granting, basic(id, 'wrong')),
      post(granting, basic(id, '%')),
      post(granting, 'Basic !'),
      post(granting, `Basic ${btoa('nothing')}`),
      post(granting, `Bearer ${secret}`),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject(refused(401, 'invalid_client'));
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="charter"');
    }
  });

  it('gives nothing for the key of a person', async () => {
    const { userId, headers } = await quickKey(app, { permissions: ['users:read'] });
    const client = { client_id: userId, client_secret: headers.Authorization?.slice(7) ?? '' };
    const answer = await post({ ...granting, ...client });
    expect(answer).toMatchObject(refused(400, 'unauthorized_client'));
  });

  it('knows one grant', async () => {
    const { client } = await aProgram();
    for (const grant_type of ['password', 'authorization_code', 'Client_Credentials']) {
      const answer = await post({ grant_type, ...client });
      expect(answer).toMatchObject(refused(400, 'unsupported_grant_type'));
    }
  });

  it('gives no scope that the key has not, and none that is none', async () => {
    const { client } = await aProgram(['users:read']);
    for (const scope of ['audit:read', 'users:read audit:read', 'users:read  ', 'nothing']) {
      const answer = await post({ ...granting, ...client, scope });
      expect(answer, scope).toMatchObject(refused(400, 'invalid_scope'));
    }
    const twice = await post({ ...granting, ...client, scope: 'users:read users:read' });
    expect(twice).toMatchObject({ status: 200, body: { scope: 'users:read' } });
    expect(await post({ ...granting, ...client, scope: '' })).toMatchObject({ status: 200 });
  });

  it('ignores parameters that it does not know, and takes no parameter twice', async () => {
    const { client } = await aProgram();
    const good = String(new URLSearchParams({ ...granting, ...client }));
    expect(await post(`${good}&resource=x&audience=y&x=1&x=2`)).toMatchObject({ status: 200 });
    const invalid = refused(400, 'invalid_request', 'validation_failed');
    for (const body of ['', 'grant_type=', `${good}&grant_type=x`, `${good}&scope=a&scope=b`]) {
      expect(await post(body), body).toMatchObject(invalid);
    }
  });
});
