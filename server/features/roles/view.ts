import type { Role as RoleShape } from '../../../contract/roles.ts';
import type { Role } from './model.ts';

export function viewRole(role: Role): RoleShape {
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    permissions: (role.grants ?? []).map(({ permission }) => permission).sort(),
    isSystem: role.isSystem,
    requiresSecondFactor: role.requiresSecondFactor,
    createdAt: role.createdAt.toISOString(),
    updatedAt: role.updatedAt.toISOString(),
  };
}
