import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openIdToken } from '../../../server/platform/identity-providers/id-token.ts';
import { ProviderKeys } from '../../../server/platform/identity-providers/provider-keys.ts';
import { TestClock } from '../../kit/clock.ts';
import { type Lies, type LyingProvider, startLiar } from '../../kit/lying-provider.ts';
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
beforeEach(() => liar.lie({}));

const seconds = () => Math.floor(clock.now().getTime() / 1000);
const proven = () => signIn(opened.getProvider('liar'), liar);

/** Each alone makes an ID token void. */
const falsehoods: [string, () => Lies][] = [
  ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
  ['of an issuer that begins alike', () => ({ claims: { iss: `${liar.issuer}/` } })],
  ['of no issuer', () => ({ claims: { iss: undefined } })],
  ['for somebody else', () => ({ claims: { aud: 'another' } })],
  ['for nobody', () => ({ claims: { aud: undefined } })],
  ['for several, without azp', () => ({ claims: { aud: ['charter', 'another'] } })],
  ['handed to another', () => ({ claims: { azp: 'another' } })],
  [
    'for several, handed to another',
    () => ({
      claims: { aud: ['charter', 'another'], azp: 'another' },
    }),
  ],
  ['of another sign-in', () => ({ claims: { nonce: 'another' } })],
  ['of no sign-in', () => ({ claims: { nonce: undefined } })],
  ['beside another access token', () => ({ claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } })],
  ['with a hash that is no text', () => ({ claims: { at_hash: 1 } })],
  ['expired', () => ({ claims: { exp: seconds() - 60 } })],
  ['without an end', () => ({ claims: { exp: undefined } })],
  ['with an end that is no number', () => ({ claims: { exp: `${seconds() + 60}` } })],
  ['from the future', () => ({ claims: { iat: seconds() + 120 } })],
  ['from no time', () => ({ claims: { iat: undefined } })],
  ['not valid yet', () => ({ claims: { nbf: seconds() + 120 } })],
  ['signed by nobody', () => ({ signedBy: 'nobody' })],
  ['signed with the public key as a secret', () => ({ signedBy: 'public key' })],
  ['signed by a stranger', () => ({ signedBy: 'stranger' })],
  ['signed by a key that is not published', () => ({ header: { kid: 'unknown' } })],
  ['with an extension', () => ({ header: { crit: ['b64'], b64: true } })],
  ['longer than any', () => ({ claims: { filler: 'x'.repeat(40_000) } })],
  ['that says a session has ended', () => ({ claims: { events: {} } })],
];

describe('an ID token', () => {
  it('is taken as the provider makes it', async () => {
    const identity = await proven();
    expect(identity).toMatchObject({ issuer: liar.issuer, subject: 'ada', isEmailVerified: true });
  });

  it.each(falsehoods)('is refused %s', async (_what, lies) => {
    liar.lie(lies());
    await expect(proven()).rejects.toMatchObject({
      ...{ name: 'ProviderError', failure: 'invalid_answer' },
    });
  });

  // Whatever openid-client checks or not.
  it.each(falsehoods)('is refused %s by us alone', async (_what, lies) => {
    const [nonce, fetch] = ['the nonce', globalThis.fetch];
    const keys = new ProviderKeys({
      ...{ fetch, clock },
      address: async () => `${liar.issuer}/keys`,
    });
    const expected = {
      ...{ keys, clock, clientId: 'charter', issuerFor: () => liar.issuer },
    };
    const tokens = async () => {
      const form = new URLSearchParams({ code: nonce });
      const answer = await fetch(`${liar.issuer}/token`, { method: 'POST', body: form });
      const { id_token: idToken, access_token: accessToken } = (await answer.json()) as {
        id_token: string;
        access_token: string;
      };
      return { idToken, accessToken, nonce };
    };
    expect(await openIdToken(await tokens(), expected)).toMatchObject({ sub: 'ada' });
    liar.lie(lies());
    await expect(tokens().then((given) => openIdToken(given, expected))).rejects.toMatchObject({
      failure: 'invalid_answer',
    });
  });
});

describe('what it says of a person', () => {
  it.each([
    ['nobody', { sub: undefined }],
    ['a number', { sub: 7 }],
    ['an empty subject', { sub: '' }],
    ['a subject that is too long', { sub: 'x'.repeat(256) }],
    ['a subject with NUL', { sub: 'ada\0' }],
    ['half a surrogate pair', { sub: 'ada\ud800' }],
    ['an address with NUL', { email: 'ada\0@example.com' }],
    ['an address that is too long', { email: `${'x'.repeat(250)}@example.com` }],
    ['an address that is none at all', { email: ['ada@example.com'] }],
    ['a session with NUL', { sid: '\0' }],
  ])('is refused where it is %s', async (_what, claims) => {
    liar.lie({ claims });
    await expect(proven()).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it.each(['true', 1, 'yes', null, undefined, false])(
    'verifies no address by %j',
    async (email_verified) => {
      liar.lie({ claims: { email_verified } });
      expect(await proven()).toMatchObject({ email: 'ada@example.com', isEmailVerified: false });
    },
  );

  it('verifies nothing where there is no address', async () => {
    liar.lie({ claims: { email: 'no address' } });
    const identity = await proven();
    expect([identity.email, identity.isEmailVerified]).toEqual([undefined, false]);
  });

  it('is left out where it is only shown, and cannot be', async () => {
    liar.lie({
      claims: { name: 'x'.repeat(256), locale: 7, preferred_username: 'a\nb', amr: [1] },
    });
    expect(await proven()).toMatchObject({ profile: {} });
    expect(await proven()).not.toHaveProperty('amr');
  });

  it('is asked for where the token does not say it, and must be about the same person', async () => {
    liar.lie({ claims: { email: undefined }, userInfo: { email_verified: 'true' } });
    expect(await proven()).toMatchObject({ email: 'ada@example.com', isEmailVerified: false });
    liar.lie({ claims: { email: undefined }, userInfo: { sub: 'eve' } });
    await expect(proven()).rejects.toMatchObject({ failure: 'invalid_answer' });
  });
});

describe('a callback', () => {
  it.each([
    ['from another provider', { iss: 'https://elsewhere.example' }],
    ['from nobody, where the provider says who it is', { iss: undefined }],
    ['of another sign-in', { state: 'another' }],
    ['of no sign-in', { state: undefined }],
    ['with a token', { id_token: 'x' }],
    ['without a code', { code: undefined }],
    ['that claims a refusal of another sign-in', { error: 'access_denied', state: 'another' }],
  ])('is refused %s', async (_what, callback) => {
    liar.lie({ callback });
    await expect(proven()).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it.each([
    ['access_denied', 'refused'],
    ['login_required', 'refused'],
    ['server_error', 'unreachable'],
    ['temporarily_unavailable', 'unreachable'],
  ])('that says %s is %s', async (error, failure) => {
    liar.lie({ callback: { error, code: undefined } });
    await expect(proven()).rejects.toMatchObject({ failure });
  });
});
