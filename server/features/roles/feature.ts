import type { Platform } from '../../platform/platform.ts';
import { rolesHandlers } from './handlers.ts';
import { roleConstraints } from './model.ts';
import { RoleTable } from './role-table.ts';
import { Roles } from './service.ts';

export type RolesFeature = ReturnType<typeof rolesFeature>;

export function rolesFeature(platform: Platform) {
  const service = new Roles(platform);
  return {
    handlers: rolesHandlers(service),
    constraints: roleConstraints,
    service,
    roleTable: new RoleTable(platform),
  };
}
