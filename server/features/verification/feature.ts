import type { Platform } from '../../platform/platform.ts';
import type { ApiKeysFeature } from '../api-keys/feature.ts';
import type { IdentitiesFeature } from '../identities/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasswordsFeature } from '../passwords/feature.ts';
import type { SecondFactorsFeature } from '../second-factors/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { verificationHandlers } from './handlers.ts';
import { Mailboxes } from './mailboxes.ts';
import { signUpsData } from './personal-data.ts';
import { purgeSignUps } from './purge.ts';
import { LinkRequests } from './requests.ts';
import { Verification } from './service.ts';
import { SignUps } from './sign-ups.ts';

interface Others {
  readonly users: UsersFeature;
  readonly sessions: SessionsFeature;
  readonly passwords: PasswordsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly secondFactors: SecondFactorsFeature;
  readonly apiKeys: ApiKeysFeature;
  readonly identities: IdentitiesFeature;
}

export type VerificationFeature = ReturnType<typeof verificationFeature>;

/** Whose an address is: sign-ups that wait for the proof, and what follows from it. */
export function verificationFeature(
  platform: Platform,
  { users, sessions, passwords, oneTimeTokens, secondFactors, apiKeys, identities }: Others,
) {
  const tokens = oneTimeTokens.service;
  const mailboxes = new Mailboxes({
    sessions: sessions.service,
    devices: sessions.devices,
    passwords: passwords.service,
    factors: secondFactors.changes,
    identities: identities.service,
    tokens,
    apiKeys: apiKeys.service,
  });
  const signUps = new SignUps(platform, { passwords: passwords.service, tokens });
  const service = new Verification(platform, {
    users: users.service,
    passwords: passwords.service,
    tokens,
    signUps,
    mailboxes,
  });
  const requests = new LinkRequests(platform, 'verification.request', (tx, user) =>
    service.send(tx, user),
  );
  return {
    handlers: verificationHandlers(service, requests),
    jobs: [requests.work(), signUps.work(), purgeSignUps(platform)],
    personalData: [signUpsData],
    /** Writes to a new account whose address nobody has proven. */
    sendTo: service.send.bind(service),
    signUps,
    mailboxes,
  };
}
