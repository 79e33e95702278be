import { type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import { ProviderError } from './identity-provider.ts';
import type { ProviderKeys } from './provider-keys.ts';

/**
 * Asymmetric ones only: with `none` or HS256 whoever knows what is public could sign. Who may sign is
 * pinned by the key, too: jose takes none that is of another kind.
 */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How far the clocks may be apart. */
const skewSeconds = 30;

const maxLength = 32_768;

export interface Expected {
  readonly keys: ProviderKeys;
  readonly clock: Clock;
  readonly clientId: string;
  /** The issuer of a token with these claims; undefined where it may not come in. */
  readonly issuerFor: (claims: JWTPayload) => string | undefined;
}

export interface Signed {
  readonly header: JWTHeaderParameters;
  readonly claims: JWTPayload;
}

/** What every token of a provider is checked for: who signed it, for whom, and when. */
export async function openSigned(
  what: string,
  token: string,
  { keys, clock, clientId, issuerFor }: Expected,
): Promise<Signed> {
  const refuse = (reason: string) => {
    throw new ProviderError('invalid_answer', `${what}: ${reason}`);
  };
  if (token.length > maxLength) refuse(`is longer than ${maxLength} characters`);
  const currentDate = clock.now();
  const { protectedHeader: header, payload: claims } = await jwtVerify(token, keys.keyOf, {
    algorithms,
    audience: clientId,
    currentDate,
    clockTolerance: skewSeconds,
    requiredClaims: ['iss', 'exp', 'iat'],
  }).catch((error) => {
    if (error instanceof ProviderError) throw error;
    // Keys come from outside, too: some cannot even be read.
    throw new ProviderError('invalid_answer', `${what}: ${(error as Error).message}`);
  });
  if (header.crit !== undefined) refuse('unexpected "crit"');
  if (claims.iss !== issuerFor(claims)) refuse('unexpected "iss"');
  const latest = currentDate.getTime() / 1000 + skewSeconds;
  if (typeof claims.iat !== 'number' || claims.iat > latest) refuse('"iat" is in the future');
  return { header, claims };
}
