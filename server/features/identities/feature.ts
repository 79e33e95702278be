import type { Platform } from '../../platform/platform.ts';
import type { UsersFeature } from '../users/feature.ts';
import { identitiesHandlers } from './handlers.ts';
import { identityConstraints } from './model.ts';
import { identitiesData } from './personal-data.ts';
import { Identities } from './service.ts';

export type IdentitiesFeature = ReturnType<typeof identitiesFeature>;

/** Who accounts are at identity providers: kept here, proven and used by `oidc`. */
export function identitiesFeature(platform: Platform, { users }: { users: UsersFeature }) {
  const service = new Identities(platform, users.service);
  return {
    handlers: identitiesHandlers(service),
    constraints: identityConstraints,
    personalData: [identitiesData],
    service,
  };
}
