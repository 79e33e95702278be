import type { Platform } from '../../platform/platform.ts';
import type { RolesFeature } from '../roles/feature.ts';
import type { SecondFactorsFeature } from '../second-factors/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { ApiKeyCallers } from './callers.ts';
import { apiKeysHandlers } from './handlers.ts';
import { OwnApiKeys } from './own-keys.ts';
import { apiKeysData } from './personal-data.ts';
import { purgeApiKeys } from './purge.ts';
import { RevokedTokens } from './revoked-tokens.ts';
import { apiKeyScheme } from './scheme.ts';
import { ApiKeys } from './service.ts';

interface Others {
  readonly roles: RolesFeature;
  readonly users: UsersFeature;
  readonly secondFactors: SecondFactorsFeature;
}

export type ApiKeysFeature = ReturnType<typeof apiKeysFeature>;

/** Keys with which programs act: their life, and who is behind one. */
export function apiKeysFeature(platform: Platform, { roles, users, secondFactors }: Others) {
  const service = new ApiKeys(platform);
  const own = new OwnApiKeys({ ...platform, users: users.service, apiKeys: service });
  const revokedTokens = new RevokedTokens(platform);
  const callers = new ApiKeyCallers({
    platform,
    revokedTokens,
    roleTable: roles.roleTable,
    secondFactors: secondFactors.service,
  });
  return {
    handlers: apiKeysHandlers(own),
    jobs: [purgeApiKeys(platform)],
    personalData: [apiKeysData],
    service,
    own,
    callers,
    revokedTokens,
    scheme: apiKeyScheme(callers, platform.telemetry.apiKeys),
  };
}
