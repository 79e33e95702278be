import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IdentityProvider } from '../../../server/platform/identity-providers/identity-provider.ts';
import { startProvider, type TestProvider } from '../../kit/identity-provider.ts';
import { openProviders } from '../../kit/providers.ts';

const redirectUri = 'http://127.0.0.1/back';

let real: TestProvider;
let acme: IdentityProvider;
beforeAll(async () => {
  real = await startProvider({ redirectUris: [redirectUri], backchannelUri: 'http://127.0.0.1/x' });
  acme = openProviders(real.settings).getProvider('acme');
});
afterAll(() => real.close());

function begin() {
  const verifier = randomUUID() + randomUUID();
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const pending = { redirectUri, state: randomUUID(), nonce: randomUUID() };
  return { verifier, request: { ...pending, codeChallenge }, pending: { ...pending, verifier } };
}

async function signIn(subject: string) {
  const { request, pending } = begin();
  const url = await real.signIn(await acme.authorizationUrl(request), subject);
  return { ...pending, url };
}

it('proves who somebody is', async () => {
  const identity = await acme.redeem(await signIn('ada'));
  expect(identity).toEqual({
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
