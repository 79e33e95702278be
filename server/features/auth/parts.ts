import type { AccessTokens } from '../../platform/auth/access-tokens.ts';
import type { PasswordPolicy } from '../../platform/auth/password-rules.ts';
import type { Passwords } from '../../platform/auth/passwords.ts';
import type { Session } from '../../platform/auth/session-model.ts';
import type { Sessions } from '../../platform/auth/sessions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { SecretKeys } from '../../platform/secrets/secret-keys.ts';
import type { Audit } from '../audit/service.ts';
import type { User } from '../users/model.ts';
import type { SignInAttempts } from './attempts.ts';
import type { SignInTurns } from './turns.ts';

/** What the verbs of signing in stand on. */
export interface AuthParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly accessTokens: AccessTokens;
  readonly secretKeys: SecretKeys;
  readonly attempts: SignInAttempts;
  readonly turns: SignInTurns;
  readonly audit: Audit;
  readonly policy: SignInPolicy;
}

export interface SignInPolicy extends PasswordPolicy {
  readonly signUp: 'open' | 'invite' | 'closed';
  /** `private` never tells whether an address is taken. */
  readonly signUpAnswer: 'conflict' | 'private';
  readonly requireVerifiedEmail: boolean;
  readonly tokenIdleSeconds: number;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

export type SignedIn =
  | {
      readonly delivery: 'cookie';
      readonly user: User;
      readonly session: Session;
      readonly cookie: string;
    }
  | {
      readonly delivery: 'tokens';
      readonly user: User;
      readonly session: Session;
      readonly tokens: Tokens;
    };
