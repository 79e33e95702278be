import type { Platform } from '../../platform/platform.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasswordsFeature } from '../passwords/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import { LinkRequests } from '../verification/requests.ts';
import { passwordResetHandlers } from './handlers.ts';
import { PasswordReset } from './service.ts';

interface Others {
  readonly auth: AuthFeature;
  readonly sessions: SessionsFeature;
  readonly passwords: PasswordsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly verification: VerificationFeature;
}

export type PasswordResetFeature = ReturnType<typeof passwordResetFeature>;

export function passwordResetFeature(
  platform: Platform,
  { auth, sessions, passwords, oneTimeTokens, verification }: Others,
) {
  const service = new PasswordReset(platform, {
    sessions: sessions.service,
    passwords: passwords.service,
    links: passwords.links,
    tokens: oneTimeTokens.service,
    mailboxes: verification.mailboxes,
    forgetAttempts: (userId) => auth.attempts.forget(userId),
  });
  const requests = new LinkRequests(platform, 'password-reset.request', (tx, user) =>
    service.send(tx, user),
  );
  return { handlers: passwordResetHandlers(service, requests), jobs: [requests.work()], service };
}
