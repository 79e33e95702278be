import type { Platform } from '../../platform/platform.ts';
import type { ApiKeysFeature } from '../api-keys/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasskeyUse } from '../passkeys/use.ts';
import type { PasswordsFeature } from '../passwords/feature.ts';
import type { SecondFactors } from '../second-factors/service.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import type { SignInAttempts } from './attempts.ts';
import type { SignInTurns } from './turns.ts';

/** What the verbs of signing in stand on, each of which is a file of its own. */
export interface AuthContext extends Platform {
  readonly sessions: SessionsFeature;
  readonly passwords: PasswordsFeature['service'];
  readonly tokens: OneTimeTokensFeature['service'];
  readonly users: UsersFeature['service'];
  readonly verification: VerificationFeature;
  readonly secondFactors: SecondFactors;
  readonly passkeys: PasskeyUse;
  readonly apiKeys: Pick<ApiKeysFeature, 'callers' | 'revokedTokens'>;
  readonly attempts: SignInAttempts;
  readonly turns: SignInTurns;
}
