import type { Tokens } from './tokens.ts';

export function viewTokens({ accessToken, refreshToken, expiresInSeconds }: Tokens) {
  return { accessToken, tokenType: 'Bearer' as const, expiresInSeconds, refreshToken };
}
