import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { ProviderError } from './identity-provider.ts';
import { type Expected, openSigned, type Signed } from './signed-token.ts';

interface Given {
  readonly idToken: string;
  readonly accessToken: string;
  readonly nonce: string;
}

/**
 * OpenID Connect Core, 3.1.3.7 and 3.1.3.8, and stricter: openid-client takes the signature for
 * granted, as the token came over TLS, and does not look at `at_hash`, at a foreign `azp` beside one
 * audience, or at an `iat` to come.
 */
export async function openIdToken(given: Given, expected: Expected): Promise<JWTPayload> {
  const signed = await openSigned('ID token', given.idToken, expected);
  const { claims } = signed;
  const refuse = (reason: string) => {
    throw new ProviderError('invalid_answer', `ID token: ${reason}`);
  };
  if (claims['nonce'] !== given.nonce) refuse('unexpected "nonce"');
  const isForMany = Array.isArray(claims.aud) && claims.aud.length > 1;
  const { azp } = claims;
  if ((isForMany || azp !== undefined) && azp !== expected.clientId) refuse('unexpected "azp"');
  const { at_hash: hash } = claims;
  if (hash !== undefined && hash !== hashOf(given.accessToken, signed)) {
    refuse('unexpected "at_hash"');
  }
  // What says that a session has ended must not begin one.
  if (claims['events'] !== undefined) refuse('unexpected "events"');
  return claims;
}

/** The left half of the hash that belongs to the algorithm of the signature. */
function hashOf(accessToken: string, { header }: Signed): string {
  const bits = /(256|384|512)$/.exec(header.alg)?.[1];
  // EdDSA is Ed25519 here, whose hash is SHA-512.
  const name = bits ? `sha${bits}` : 'sha512';
  const digest = createHash(name).update(accessToken, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
