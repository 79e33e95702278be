import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { IdentityProvider } from '../../../server/platform/identity-providers/identity-provider.ts';
import { openProviders } from '../../kit/providers.ts';
import { type GithubServer, startGithub } from './github-server.ts';
import { begin, cameBack, redirectUri } from './sign-ins.ts';

let server: GithubServer;
let github: IdentityProvider;
beforeAll(async () => {
  server = await startGithub();
});
afterAll(() => server.close());
beforeEach(() => {
  server.answers = {};
  server.asked.length = 0;
  github = open({ secrets: 'github=own' });
});

function open({ secrets }: { secrets: string }): IdentityProvider {
  const declared = {
    ...{ preset: 'github', issuer: server.origin, clientId: 'charter' },
    ...{ allowHttp: true, allowPrivateNetwork: true },
  };
  return openProviders({
    IDENTITY_PROVIDERS: JSON.stringify({ github: declared }),
    IDENTITY_PROVIDER_SECRETS: secrets,
  }).getProvider('github');
}

/** GitHub sends the browser back with a code, or what is said instead. */
const browser = (query: Record<string, string | undefined> = {}) => ({
  signIn(url: URL): URL {
    const state = url.searchParams.get('state') ?? '';
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    for (const [name, value] of Object.entries({ code: 'a-code', state, ...query })) {
      if (value !== undefined) back.searchParams.append(name, value);
    }
    return back;
  },
});

const proven = async (query?: Record<string, string | undefined>) =>
  github.redeem(await cameBack(github, browser(query)));

it('proves who somebody is, by number, with the primary address', async () => {
  const callback = await cameBack(github, browser());
  expect(await github.redeem(callback)).toEqual({
    issuer: server.origin,
    subject: '583231',
    email: 'octo@example.com',
    isEmailVerified: true,
    profile: { fullName: 'Octo Cat', username: 'octocat' },
    tokens: { accessToken: 'gho_token' },
  });
  const [token, user] = server.asked;
  expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
    ...{ client_id: 'charter', client_secret: 'own', code: 'a-code' },
    ...{ code_verifier: callback.verifier, redirect_uri: redirectUri },
  });
  expect(user?.authorization).toBe('Bearer gho_token');
});

it('asks for an account where one is to be chosen', async () => {
  const { request } = begin();
  const { searchParams } = await github.authorizationUrl({ ...request, prompt: 'login' });
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ client_id: 'charter', redirect_uri: redirectUri, scope: 'read:user user:email' },
    ...{ state: request.state, prompt: 'select_account' },
    ...{ code_challenge: request.codeChallenge, code_challenge_method: 'S256' },
  });
});

const emails = 'GET /api/v3/user/emails';

it.each([
  ['unverified', [{ email: 'a@b.example', primary: true, verified: false }], 'a@b.example'],
  ['"true"', [{ email: 'a@b.example', primary: true, verified: 'true' }], 'a@b.example'],
  ['not primary', [{ email: 'a@b.example', primary: false, verified: true }], undefined],
])('verifies no address that is %s', async (_what, list, email) => {
  server.answers = { [emails]: [200, list] };
  const identity = await proven();
  expect([identity.email, identity.isEmailVerified]).toEqual([email, false]);
});

it.each<[string, string, Record<string, string | undefined>]>([
  ['of another sign-in', 'invalid_answer', { state: 'another' }],
  ['from elsewhere', 'invalid_answer', { iss: 'https://elsewhere.example' }],
  ['without a code', 'invalid_answer', { code: undefined }],
  ['that says no', 'refused', { error: 'access_denied', code: undefined }],
])('refuses a callback %s', async (_what, failure, query) => {
  await expect(proven(query)).rejects.toMatchObject({ failure });
  expect(server.asked).toEqual([]);
});

const token = 'POST /login/oauth/access_token';

it.each<[string, string, Record<string, readonly [number, unknown]>]>([
  ['a code that was used', 'refused', { [token]: [200, { error: 'bad_verification_code' }] }],
  ['no token', 'invalid_answer', { [token]: [200, {}] }],
  ['another error', 'invalid_answer', { [token]: [200, { error: 'redirect_uri_mismatch' }] }],
  ['a pause', 'unreachable', { [token]: [503, {}] }],
  ['nobody', 'invalid_answer', { 'GET /api/v3/user': [200, { login: 'x' }] }],
  [
    'a number that is text',
    'invalid_answer',
    { 'GET /api/v3/user': [200, { id: '1', login: 'x' }] },
  ],
  ['no list of addresses', 'invalid_answer', { [emails]: [404, {}] }],
  ['a token that is void', 'refused', { 'GET /api/v3/user': [401, {}] }],
  ['a redirect', 'invalid_answer', { 'GET /api/v3/user': [302, {}] }],
])('tells %s from an answer', async (_what, failure, answers) => {
  server.answers = answers;
  await expect(proven()).rejects.toMatchObject({ failure });
});

it('tries the next secret where one is refused', async () => {
  github = open({ secrets: 'github=new github=old' });
  server.answers = { [token]: [200, { error: 'incorrect_client_credentials' }] };
  await expect(proven()).rejects.toMatchObject({ failure: 'invalid_answer' });
  const tried = server.asked.map(({ body }) => new URLSearchParams(body).get('client_secret'));
  expect(tried).toEqual(['new', 'old']);
});

it('refreshes, where tokens expire, and tells a void one apart', async () => {
  const fresh = { access_token: 'ghu_2', refresh_token: 'ghr_2', expires_in: 28_800 };
  server.answers = { [token]: [200, fresh] };
  expect(await github.refresh?.('ghr_1')).toEqual({
    ...{ accessToken: 'ghu_2', refreshToken: 'ghr_2', accessTokenExpiresAt: expect.any(Date) },
  });
  server.answers = { [token]: [200, { error: 'bad_refresh_token' }] };
  await expect(github.refresh?.('ghr_1')).rejects.toMatchObject({ failure: 'refused' });
});

it('reads the profile of the same person only', async () => {
  expect(await github.readProfile?.('gho_token', '583231')).toMatchObject({
    ...{ email: 'octo@example.com', profile: { username: 'octocat' } },
  });
  await expect(github.readProfile?.('gho_token', '1')).rejects.toMatchObject({
    failure: 'invalid_answer',
  });
});

it('takes back what was granted, also where it is gone', async () => {
  const route = 'DELETE /api/v3/applications/charter/grant';
  expect(await github.revoke?.({ accessToken: 'gho_token' })).toBe(true);
  const basic = Buffer.from('charter:own').toString('base64');
  expect(server.asked).toEqual([
    { route, authorization: `Basic ${basic}`, body: '{"access_token":"gho_token"}' },
  ]);
  server.answers = { [route]: [404, {}] };
  expect(await github.revoke?.({ accessToken: 'gho_token' })).toBe(true);
  expect(await github.revoke?.({})).toBe(false);
  server.answers = { [route]: [500, {}] };
  await expect(github.revoke?.({ accessToken: 'x' })).rejects.toMatchObject({
    failure: 'unreachable',
  });
});
