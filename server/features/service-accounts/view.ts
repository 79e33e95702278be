import type { ServiceAccount as ServiceAccountShape } from '../../../contract/service-accounts.ts';
import type { ServiceAccount } from './model.ts';

export function viewServiceAccount(account: ServiceAccount): ServiceAccountShape {
  return {
    id: account.id,
    name: account.name,
    description: account.description,
    isActive: account.deactivatedAt === null,
    roles: (account.roleNames ?? []).toSorted(),
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
  };
}
