import type { Platform } from '../../platform/platform.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { FactorChanges } from './factor-changes.ts';
import { secondFactorsHandlers } from './handlers.ts';
import { aboutTotpSecret, secondFactorConstraints } from './model.ts';
import { factorsData } from './personal-data.ts';
import { SecondFactors } from './service.ts';
import { Totp } from './totp.ts';

interface Others {
  readonly sessions: SessionsFeature;
  readonly users: UsersFeature;
}

export type SecondFactorsFeature = ReturnType<typeof secondFactorsFeature>;

/** What accounts prove beside their first factor. Whether a sign-in asks for it, `auth` decides. */
export function secondFactorsFeature(platform: Platform, { sessions, users }: Others) {
  const changes = new FactorChanges(platform);
  const totp = new Totp(platform, changes);
  const service = new SecondFactors(platform, {
    users: users.service,
    sessions: sessions.service,
    totp,
    changes,
  });
  return {
    handlers: secondFactorsHandlers(service, totp),
    constraints: secondFactorConstraints,
    service,
    personalData: [factorsData],
    changes,
    /** What is sealed here, for whoever seals it anew with the newest secret. */
    sealed: [{ table: 'totp_secrets', column: 'sealedSecret', about: aboutTotpSecret }],
  };
}
