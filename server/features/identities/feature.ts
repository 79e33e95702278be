import { onSchedule } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import type { UsersFeature } from '../users/feature.ts';
import { dropsTokens } from './drop.ts';
import { identitiesHandlers } from './handlers.ts';
import { rediscoverProviders, refreshTokens } from './jobs.ts';
import { KeptTokens } from './kept-tokens.ts';
import { aboutTokens, identityConstraints } from './model.ts';
import { identitiesData } from './personal-data.ts';
import { revokesTokens } from './revoke.ts';
import { Identities } from './service.ts';
import { Upkeep } from './upkeep.ts';

export type IdentitiesFeature = ReturnType<typeof identitiesFeature>;

/** Who accounts are at identity providers: kept here, proven and used by `oidc`. */
export function identitiesFeature(platform: Platform, { users }: { users: UsersFeature }) {
  const kept = new KeptTokens(platform);
  const upkeep = new Upkeep(platform, kept);
  const service = new Identities(platform, users.service, kept);
  return {
    handlers: identitiesHandlers(service),
    constraints: identityConstraints,
    jobs: [
      onSchedule(refreshTokens, '*/5 * * * *', ({ signal }) => upkeep.refresh(signal)),
      onSchedule(rediscoverProviders, '27 * * * *', () => upkeep.rediscover()),
      dropsTokens(platform),
      revokesTokens(platform),
    ],
    personalData: [identitiesData(kept)],
    sealed: [
      {
        table: 'identity_tokens',
        column: 'sealedTokens',
        idColumn: 'identityId',
        about: aboutTokens,
      },
    ],
    service,
  };
}
