import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../server/platform/clock.ts';
import type { IdentityProvider } from '../../../server/platform/identity-providers/identity-provider.ts';
import { startProvider, type TestProvider } from '../../kit/identity-provider.ts';
import { openProviders } from '../../kit/providers.ts';
import { cameBack, redirectUri, signIn } from './sign-ins.ts';

let real: TestProvider;
let acme: IdentityProvider;
beforeAll(async () => {
  real = await startProvider({
    redirectUris: [redirectUri],
    returnUris: ['http://127.0.0.1/bye'],
    backchannelUri: 'http://127.0.0.1/logout',
  });
  acme = openProviders(real.settings, systemClock).getProvider('acme');
});
afterAll(() => real.close());

const refused = { name: 'ProviderError', failure: 'refused' };

it('proves who somebody is', async () => {
  expect(await signIn(acme, real)).toEqual({
    issuer: real.issuer,
    subject: 'ada',
    email: 'ada@example.com',
    isEmailVerified: true,
    profile: { fullName: 'Ada' },
    amr: ['pwd'],
    sid: expect.any(String),
    tokens: {
      idToken: expect.any(String),
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      accessTokenExpiresAt: expect.any(Date),
    },
  });
});

it('sends the browser there with all that a sign-in needs', async () => {
  const request = { redirectUri, state: 's', nonce: 'n', codeChallenge: 'c' };
  const url = await acme.authorizationUrl({ ...request, prompt: 'login' });
  expect([url.origin, Object.fromEntries(url.searchParams)]).toEqual([
    real.issuer,
    {
      ...{ client_id: 'charter', response_type: 'code', redirect_uri: redirectUri },
      ...{ scope: 'openid email profile', state: 's', nonce: 'n', prompt: 'login' },
      ...{ code_challenge: 'c', code_challenge_method: 'S256' },
    },
  ]);
});

it('is told that the person said no', async () => {
  const callback = await cameBack(acme, real, '');
  await expect(acme.redeem(callback)).rejects.toMatchObject(refused);
});

it('redeems a code once, and for whoever began', async () => {
  const callback = await cameBack(acme, real);
  const other = await cameBack(acme, real);
  await expect(acme.redeem({ ...callback, verifier: other.verifier })).rejects.toMatchObject(
    refused,
  );
  await acme.redeem(other);
  await expect(acme.redeem(other)).rejects.toMatchObject(refused);
});

it.each([
  ['state', { state: 'another' }],
  ['nonce', { nonce: 'another' }],
])('refuses a callback of another %s', async (_what, changed) => {
  const callback = await cameBack(acme, real);
  const failure = { failure: 'invalid_answer' };
  await expect(acme.redeem({ ...callback, ...changed })).rejects.toMatchObject(failure);
});

it('refreshes tokens, reads the profile with them, and revokes them', async () => {
  const { tokens } = await signIn(acme, real);
  const fresh = await acme.refresh?.(tokens.refreshToken ?? '');
  expect(fresh).toMatchObject({ accessToken: expect.any(String), idToken: expect.any(String) });
  expect(fresh?.accessToken).not.toBe(tokens.accessToken);
  const accessToken = fresh?.accessToken ?? '';
  expect(await acme.readProfile?.(accessToken, 'ada')).toEqual({
    ...{ email: 'ada@example.com', isEmailVerified: true },
    profile: { fullName: 'Ada' },
  });
  await expect(acme.readProfile?.(accessToken, 'eve')).rejects.toMatchObject({
    failure: 'invalid_answer',
  });
  expect(await acme.revoke?.({ ...tokens, ...fresh })).toBe(true);
  await expect(acme.refresh?.(tokens.refreshToken ?? '')).rejects.toMatchObject(refused);
  await expect(acme.readProfile?.(accessToken, 'ada')).rejects.toMatchObject(refused);
});

it('knows where a session ends there', async () => {
  const { tokens } = await signIn(acme, real);
  const url = await acme.logoutUrl?.({
    ...(tokens.idToken && { idToken: tokens.idToken }),
    ...{ returnTo: 'http://127.0.0.1/bye', state: 's' },
  });
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    ...{ client_id: 'charter', id_token_hint: tokens.idToken },
    ...{ post_logout_redirect_uri: 'http://127.0.0.1/bye', state: 's' },
  });
  const page = await fetch(url ?? '');
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form')]);
});
