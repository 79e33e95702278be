import type { Platform } from '../../platform/platform.ts';
import type { ApiKeysFeature } from '../api-keys/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { serviceAccountsHandlers } from './handlers.ts';
import { ServiceAccountKeys } from './keys.ts';
import { serviceAccountConstraints } from './model.ts';
import { ServiceAccounts } from './service.ts';

interface Others {
  readonly users: UsersFeature;
  readonly apiKeys: ApiKeysFeature;
}

export type ServiceAccountsFeature = ReturnType<typeof serviceAccountsFeature>;

/** Accounts of programs. What a key of theirs opens, `api-keys` knows. */
export function serviceAccountsFeature(platform: Platform, { users, apiKeys }: Others) {
  const service = new ServiceAccounts({ ...platform, users: users.service });
  const keys = new ServiceAccountKeys({
    change: platform.change,
    accounts: service,
    apiKeys: apiKeys.service,
  });
  return {
    handlers: serviceAccountsHandlers(service, keys),
    constraints: serviceAccountConstraints,
    service,
    keys,
  };
}
