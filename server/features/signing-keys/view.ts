import type { JWK } from 'jose';

/** Names every public member: a private one can never slip through. */
export function viewKeys(keys: readonly JWK[]) {
  return keys.map(({ x = '', y = '', kid = '' }) => ({
    kty: 'EC' as const,
    crv: 'P-256' as const,
    x,
    y,
    kid,
    use: 'sig' as const,
    alg: 'ES256' as const,
  }));
}
