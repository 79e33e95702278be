import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Database } from '../../platform/db/connect.ts';
import { invalidInput } from '../../platform/problem-error.ts';
import { Role } from './model.ts';

/** The roles of these names with what they grant. An unknown name is the caller's mistake. */
export async function getRolesByName(db: Database, names: readonly string[]): Promise<Role[]> {
  const roles = await Role.query(db)
    .whereIn('name', [...names])
    .withGraphFetched('grants');
  const known = new Set(roles.map(({ name }) => name));
  const unknown = names.findIndex((name) => !known.has(name));
  if (unknown >= 0) {
    throw invalidInput({
      in: 'body',
      path: `roles.${unknown}`,
      code: 'unknown_role',
      message: 'There is no role of this name',
    });
  }
  return roles;
}

export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap(({ grants = [] }) => grants.map(({ permission }) => permission)));
}
