import type { Platform } from '../../platform/platform.ts';
import type { IdentitiesFeature } from '../identities/feature.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { SecondFactorsFeature } from '../second-factors/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { passkeysHandlers } from './handlers.ts';
import { passkeyConstraints } from './model.ts';
import { passkeysData } from './personal-data.ts';
import { relyingPartyOf } from './relying-party.ts';
import { Passkeys } from './service.ts';
import { PasskeyUse } from './use.ts';

interface Others {
  readonly users: UsersFeature;
  readonly secondFactors: SecondFactorsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
  readonly identities: IdentitiesFeature;
}

export type PasskeysFeature = ReturnType<typeof passkeysFeature>;

/** Passkeys of accounts (WebAuthn): their life here, their use in sign-ins by `auth`. */
export function passkeysFeature(
  platform: Platform,
  { users, secondFactors, oneTimeTokens, identities }: Others,
) {
  const relyingParty = relyingPartyOf(platform.config);
  const tokens = oneTimeTokens.service;
  const { changes } = secondFactors;
  const service = new Passkeys({
    ...{ platform, users: users.service, identities: identities.service },
    ...{ tokens, changes, relyingParty },
  });
  return {
    handlers: passkeysHandlers(service),
    constraints: passkeyConstraints,
    personalData: [passkeysData],
    use: new PasskeyUse({ platform, tokens, relyingParty }),
  };
}
