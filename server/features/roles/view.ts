import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Role as RoleShape } from '../../../contract/roles.ts';
import type { Role } from './model.ts';

export function viewRole(role: Role): RoleShape {
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    permissions: (role.permissions ?? grantedBy(role)).toSorted(),
    isSystem: role.isSystem,
    requiresSecondFactor: role.requiresSecondFactor,
    createdAt: role.createdAt.toISOString(),
    updatedAt: role.updatedAt.toISOString(),
  };
}

function grantedBy({ grants = [] }: Role): Permission[] {
  return grants.map(({ permission }) => permission);
}
