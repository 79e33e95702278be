import type { Platform } from '../../platform/platform.ts';
import type { ApiKeysFeature } from '../api-keys/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasskeysFeature } from '../passkeys/feature.ts';
import type { PasswordsFeature } from '../passwords/feature.ts';
import type { RolesFeature } from '../roles/feature.ts';
import type { SecondFactorsFeature } from '../second-factors/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import { createFindCaller } from './actors.ts';
import { SignInAttempts } from './attempts.ts';
import { changePassword } from './change-password.ts';
import type { AuthContext } from './context.ts';
import { failingSignIns } from './failing.ts';
import { authHandlers } from './handlers.ts';
import { logout } from './logout.ts';
import { attemptsData } from './personal-data.ts';
import { purgeAttempts } from './purge.ts';
import { deliver, signIn, signInNew } from './sign-in.ts';
import { SignInTurns } from './turns.ts';

interface Others {
  readonly roles: RolesFeature;
  readonly sessions: SessionsFeature;
  readonly passwords: PasswordsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly users: UsersFeature;
  readonly verification: VerificationFeature;
  readonly secondFactors: SecondFactorsFeature;
  readonly passkeys: PasskeysFeature;
  readonly apiKeys: ApiKeysFeature;
}

export type AuthFeature = ReturnType<typeof authFeature>;

/** Signing in: who somebody is, what proves it, and the tokens that follow from it. */
export function authFeature(platform: Platform, others: Others) {
  const { roles, sessions, passwords, users, verification, oneTimeTokens } = others;
  const secondFactors = others.secondFactors.service;
  const attempts = new SignInAttempts(platform.db, platform.clock);
  const context: AuthContext = {
    ...platform,
    sessions,
    passwords: passwords.service,
    tokens: oneTimeTokens.service,
    users: users.service,
    verification,
    secondFactors,
    passkeys: others.passkeys.use,
    apiKeys: others.apiKeys,
    attempts,
    turns: new SignInTurns(platform.config.passwords.turnWaitMs),
  };
  return {
    handlers: authHandlers(context),
    jobs: [purgeAttempts(platform)],
    personalData: [attemptsData],
    /** The ways to prove who calls, in the order of their precedence. */
    schemes: [
      others.apiKeys.scheme,
      ...sessions.schemesFor(
        createFindCaller({ ...platform, roleTable: roles.roleTable, secondFactors }),
        (token, wanted) => others.apiKeys.callers.byToken(token, wanted),
      ),
    ],
    /** Begins a session by whatever proves who it is for. */
    signIn: signIn.bind(undefined, context),
    /** Puts a session into a cookie or tokens. */
    deliver: deliver.bind(undefined, context),
    /** Begins an account and its first session. */
    signInNew: signInNew.bind(undefined, context),
    /** Ends the session of a call. */
    logout: logout.bind(undefined, context),
    changePassword: changePassword.bind(undefined, context),
    attempts,
    /** Where passwords and codes were wrong of late. */
    failingSignIns: () => failingSignIns(platform.db, platform.clock),
  };
}
