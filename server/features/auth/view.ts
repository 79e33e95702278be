import type { Tokens } from './parts.ts';

export function viewTokens({ accessToken, refreshToken, expiresInSeconds }: Tokens) {
  return { accessToken, tokenType: 'Bearer' as const, expiresInSeconds, refreshToken };
}
