import { permissions as catalogue } from '../../../contract/kit/permissions.ts';
import type { SecondFactorsConfig } from '../../config/second-factors.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Granted } from '../roles/role-table.ts';

type Rights = Pick<Granted, 'permissions' | 'requiresSecondFactor'>;

/**
 * Who must have a second factor: whom the setting names, and whoever has a role that asks for it.
 * An administrator is whoever holds a permission that protects its holder, whatever the role is called.
 */
export function mustHaveFactor(
  { requiredOf }: Pick<SecondFactorsConfig, 'requiredOf'>,
  { permissions, requiresSecondFactor }: Rights,
): boolean {
  if (requiresSecondFactor || requiredOf === 'everyone') return true;
  return requiredOf === 'administrators' && isAdministrator(permissions);
}

function isAdministrator(permissions: Actor['permissions']): boolean {
  return [...permissions].some((permission) => catalogue[permission].protects);
}
