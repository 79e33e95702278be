import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasswordResetFeature } from '../password-reset/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import type { EmailChangeContext } from './context.ts';
import { emailChangeHandlers } from './handlers.ts';
import { emailChangesData } from './personal-data.ts';
import { purgeEmailChanges } from './purge.ts';
import { sendsMails } from './request.ts';

interface Others {
  readonly sessions: SessionsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly verification: VerificationFeature;
  readonly passwordReset: PasswordResetFeature;
}

/** Another address for an account: proven before it changes, and with a way back. */
export function emailChangeFeature(
  platform: Platform,
  { sessions, oneTimeTokens, verification, passwordReset }: Others,
) {
  const context: EmailChangeContext = {
    ...platform,
    sessions: sessions.service,
    tokens: oneTimeTokens.service,
    mailboxes: verification.mailboxes,
    passwordReset: passwordReset.service,
  };
  return {
    handlers: emailChangeHandlers(context),
    jobs: [sendsMails(context), purgeEmailChanges(platform)],
    personalData: [emailChangesData],
  };
}
