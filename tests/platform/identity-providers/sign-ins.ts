import { createHash, randomUUID } from 'node:crypto';
import type {
  IdentityProvider,
  ProvenIdentity,
  ProviderCallback,
} from '../../../server/platform/identity-providers/identity-provider.ts';

export const redirectUri = 'http://127.0.0.1/back';

/** A sign-in, as far as it is ours: what the browser takes along, and what we remember of it. */
export function begin() {
  const verifier = randomUUID() + randomUUID();
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const common = { redirectUri, state: randomUUID(), nonce: randomUUID() };
  return { request: { ...common, codeChallenge }, pending: { ...common, verifier } };
}

interface Other {
  signIn(url: URL, subject: string): URL | Promise<URL>;
}

/** The browser went there and came back. */
export async function cameBack(
  provider: IdentityProvider,
  other: Other,
  subject = 'ada',
): Promise<ProviderCallback> {
  const { request, pending } = begin();
  const url = await other.signIn(await provider.authorizationUrl(request), subject);
  return { ...pending, url };
}

export async function signIn(provider: IdentityProvider, other: Other): Promise<ProvenIdentity> {
  return provider.redeem(await cameBack(provider, other));
}
