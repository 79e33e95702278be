import type { SecretKeys } from '../../platform/secrets/secret-keys.ts';

export interface RefreshClaim {
  readonly sessionId: string;
  readonly generation: number;
}

/**
 * Refresh tokens are derived, not stored: session id . generation . HMAC. Racing refreshes
 * derive the same successor, and a token can be refused without asking the database.
 */
export function refreshTokenOf({ sessionId, generation }: RefreshClaim, keys: SecretKeys): string {
  const claim = `${Buffer.from(sessionId.replaceAll('-', ''), 'hex').toString('base64url')}.${generation}`;
  return `${claim}.${keys.sign(`refresh:${claim}`)}`;
}

/** What a token claims; undefined unless we signed it. */
export function readRefreshToken(token: string, keys: SecretKeys): RefreshClaim | undefined {
  const [id, generation, signature, ...rest] = token.split('.');
  if (!id || !generation || !signature || rest.length > 0) return undefined;
  if (!keys.isSigned(`refresh:${id}.${generation}`, signature)) return undefined;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const sessionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { sessionId, generation: Number(generation) };
}
