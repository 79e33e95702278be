import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../kit/clock.ts';
import { type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
import type { TokenLies } from '../../kit/lying-tokens.ts';
import { openProviders } from '../../kit/providers.ts';
import { signIn } from './sign-ins.ts';

const clock = new TestClock();

let liar: LyingProvider;
let opened: ReturnType<typeof openProviders>;
beforeAll(async () => {
  liar = await startLiar(clock);
  opened = openProviders(liar.settings, clock);
});
afterAll(() => liar.close());

const verify = (token: string) => opened.getProvider('liar').verifyLogoutToken?.(token);
const seconds = () => Math.floor(clock.now().getTime() / 1000);
const event = 'http://schemas.openid.net/event/backchannel-logout';

describe('a logout token', () => {
  it('names a person and a session', async () => {
    expect(await verify(await liar.logoutToken())).toEqual({
      ...{ issuer: liar.issuer, subject: 'ada', sid: 'a-session' },
      ...{ tokenId: expect.any(String), expiresAt: expect.any(Date) },
    });
  });

  it.each<[string, TokenLies]>([
    ['a person alone', { claims: { sid: undefined } }],
    ['a session alone', { claims: { sub: undefined } }],
    ['them without a type, which is only recommended', { header: { typ: undefined } }],
    ['them as a JWT', { header: { typ: 'JWT' } }],
  ])('may name %s', async (_what, lies) => {
    expect(await verify(await liar.logoutToken(lies))).toMatchObject({ issuer: liar.issuer });
  });

  it.each<[string, () => TokenLies]>([
    ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
    ['for somebody else', () => ({ claims: { aud: 'another' } })],
    ['of another type', () => ({ header: { typ: 'at+jwt' } })],
    ['without its event', () => ({ claims: { events: undefined } })],
    ['with another event', () => ({ claims: { events: { 'https://elsewhere.example': {} } } })],
    ['whose event is no object', () => ({ claims: { events: { [event]: true } } })],
    ['with a nonce', () => ({ claims: { nonce: 'n' } })],
    ['of no time', () => ({ claims: { iat: undefined } })],
    ['from the future', () => ({ claims: { iat: seconds() + 120 } })],
    ['without an end', () => ({ claims: { exp: undefined } })],
    ['that is over', () => ({ claims: { exp: seconds() - 60 } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['that names nobody', () => ({ claims: { sub: undefined, sid: undefined } })],
    ['with NUL', () => ({ claims: { sid: 'a\0' } })],
    ['signed by nobody', () => ({ signedBy: 'nobody' })],
    ['signed with the public key as a secret', () => ({ signedBy: 'public key' })],
    ['signed by a stranger', () => ({ signedBy: 'stranger' })],
  ])('is refused %s', async (_what, lies) => {
    await expect(verify(await liar.logoutToken(lies()))).rejects.toMatchObject({
      failure: 'invalid_answer',
    });
  });

  it.each(['', 'no token', 'a.b.c', '.'.repeat(40_000)])('is not %.20j', async (token) => {
    await expect(verify(token)).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it('is no ID token, nor the other way round', async () => {
    const { tokens } = await signIn(opened.getProvider('liar'), liar);
    await expect(verify(tokens.idToken ?? '')).rejects.toMatchObject({ failure: 'invalid_answer' });
    liar.lie({ tokens: { id_token: await liar.logoutToken() } });
    await expect(signIn(opened.getProvider('liar'), liar)).rejects.toMatchObject({
      failure: 'invalid_answer',
    });
    liar.lie({});
  });
});
