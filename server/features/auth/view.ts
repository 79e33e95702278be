import { viewSession } from '../sessions/view.ts';
import { viewFull } from '../users/view.ts';
import type { SignedIn } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

export function viewTokens({ accessToken, refreshToken, expiresInSeconds }: Tokens) {
  return { accessToken, tokenType: 'Bearer' as const, expiresInSeconds, refreshToken };
}

/** The answer of whatever signs somebody in. */
export function signedInReply(signedIn: SignedIn) {
  const who = { session: viewSession(signedIn.session), user: viewFull(signedIn.user) };
  return signedIn.delivery === 'cookie'
    ? {
        status: 200 as const,
        cookies: [signedIn.cookie],
        body: { delivery: 'cookie' as const, ...who },
      }
    : {
        status: 200 as const,
        body: { delivery: 'tokens' as const, ...viewTokens(signedIn.tokens), ...who },
      };
}
