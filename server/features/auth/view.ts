import type { SignInOptions } from '../../../contract/sign-in-options.ts';
import type { Platform } from '../../platform/platform.ts';
import { viewSession } from '../sessions/view.ts';
import { viewFull } from '../users/view.ts';
import type { Pending } from './complete-sign-in.ts';
import type { SignedIn } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

export function viewTokens({ accessToken, refreshToken, expiresInSeconds }: Tokens) {
  return { accessToken, tokenType: 'Bearer' as const, expiresInSeconds, refreshToken };
}

/** The answer of whatever signs somebody in, or asks for the second factor first. */
export function signInReply(outcome: SignedIn | Pending) {
  return 'secondFactor' in outcome
    ? { status: 202 as const, body: outcome.secondFactor }
    : signedInReply(outcome);
}

/** The answer of what begins a session, or renews one. */
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

/** Nothing that trying would not show. */
export function viewOptions({
  accounts,
  passwords,
}: Pick<Platform['config'], 'accounts' | 'passwords'>): SignInOptions {
  return {
    signUp: accounts.signUp,
    requiresVerifiedEmail: accounts.requireVerifiedEmail,
    hasMagicLink: accounts.hasMagicLink,
    passwordMinLength: passwords.minLength,
  };
}
