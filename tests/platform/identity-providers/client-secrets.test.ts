import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestClock } from '../../kit/clock.ts';
import { type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
import { openProviders } from '../../kit/providers.ts';
import { printed, Secrets } from '../../kit/secrets.ts';
import { cameBack, signIn } from './sign-ins.ts';

const clock = new TestClock();

let liar: LyingProvider;
let secrets: Secrets;
beforeEach(async () => {
  liar = await startLiar(clock);
  secrets = new Secrets();
});
afterEach(() => liar.close());

function openWith(...given: string[]) {
  const IDENTITY_PROVIDER_SECRETS = given.map((secret) => `liar=${secret}`).join('\n');
  const opened = openProviders({ ...liar.settings, IDENTITY_PROVIDER_SECRETS }, clock);
  return { ...opened, provider: opened.getProvider('liar') };
}

it('tries the new secret, and the old one where the provider does not know the new one yet', async () => {
  const [older, newer] = [secrets.make('old'), secrets.make('new')];
  const { provider } = openWith(newer, older);
  liar.takeSecrets([older]);
  await signIn(provider, liar);
  expect([liar.asked('token'), liar.lastForm('token').get('client_secret')]).toEqual([2, older]);
  // What was taken is tried first from then on.
  await signIn(provider, liar);
  expect(liar.asked('token')).toBe(3);
  liar.takeSecrets([newer]);
  await signIn(provider, liar);
  expect([liar.asked('token'), liar.lastForm('token').get('client_secret')]).toEqual([5, newer]);
});

it('takes those that its file has got, and never none', async () => {
  const [older, newer] = [secrets.make('old'), secrets.make('new')];
  const { provider, providers } = openWith(older);
  liar.takeSecrets([newer]);
  await expect(signIn(provider, liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
  providers.useSecrets(new Map([['liar', [newer]]]));
  await signIn(provider, liar);
  expect(() => providers.useSecrets(new Map([['another', [older]]]))).toThrow('for liar');
  await signIn(provider, liar);
});

it('sends no code twice because of anything else', async () => {
  const { provider } = openWith(secrets.make('new'), secrets.make('old'));
  liar.lie({ at: { token: { status: 400, body: '{"error":"invalid_grant"}' } } });
  await expect(signIn(provider, liar)).rejects.toMatchObject({ failure: 'refused' });
  liar.lie({ at: { token: { status: 503 } } });
  await expect(signIn(provider, liar)).rejects.toMatchObject({ failure: 'unreachable' });
  expect(liar.asked('token')).toBe(2);
});

it('tells invalid_grant apart from what may pass when it refreshes', async () => {
  const { provider } = openWith(secrets.make('own'));
  const refresh = () => provider.refresh?.(secrets.make('refresh token'));
  expect(await refresh()).toMatchObject({ accessToken: expect.any(String) });
  liar.lie({ tokens: { refresh_token: undefined } });
  expect(await refresh()).not.toHaveProperty('refreshToken');
  liar.lie({ signedBy: 'stranger' });
  await expect(refresh()).rejects.toMatchObject({ failure: 'invalid_answer' });
  const answers = (status: number, error: string) =>
    liar.lie({ at: { token: { status, body: JSON.stringify({ error }) } } });
  answers(400, 'invalid_grant');
  await expect(refresh()).rejects.toMatchObject({ failure: 'refused' });
  answers(429, 'slow_down');
  await expect(refresh()).rejects.toMatchObject({ failure: 'unreachable' });
  answers(400, 'unauthorized_client');
  await expect(refresh()).rejects.toMatchObject({ failure: 'invalid_answer' });
});

it('leaves no secret, code or token in the log or in what it throws', async () => {
  const { provider, logs } = openWith(secrets.make('client secret'));
  const thrown: unknown[] = [];
  const fail = async (lies: Parameters<LyingProvider['lie']>[0]) => {
    liar.lie({});
    const callback = await cameBack(provider, liar);
    callback.url.searchParams.set('code', secrets.add('code', callback.nonce));
    secrets.add('verifier', callback.verifier);
    liar.lie(lies);
    await provider.redeem(callback).catch((error) => thrown.push(error));
  };
  const access_token = secrets.make('access token');
  const refresh_token = secrets.make('refresh token');
  const tokens = { access_token, refresh_token };
  await fail({ tokens });
  await fail({ tokens, signedBy: 'stranger' });
  await fail({ tokens, claims: { nonce: 'another' } });
  await fail({ tokens, claims: { iss: 'another' } });
  await fail({ tokens: { ...tokens, id_token: secrets.make('ID token') } });
  await fail({ at: { token: { status: 200, body: `{"access_token":"${access_token}` } } });
  await fail({ at: { token: { status: 400, body: '{"error":"invalid_grant"}' } } });
  await fail({ at: { token: { status: 401, body: '{"error":"invalid_client"}' } } });
  await fail({ at: { keys: { status: 500 } }, tokens });
  expect([thrown.length, logs.length]).toEqual([9, 9]);
  expect(secrets.foundIn(printed(thrown) + JSON.stringify(logs))).toEqual([]);
  expect(logs[0]).toMatchObject({
    ...{ level: 'warn', msg: 'a sign-in provider failed', provider: 'liar', call: 'redeem' },
    ...{ failure: 'invalid_answer', reason: expect.stringContaining('at_hash') },
  });
});
