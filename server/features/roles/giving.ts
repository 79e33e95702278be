import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Database } from '../../platform/db/connect.ts';
import { invalidInput } from '../../platform/problem-error.ts';
import { Role } from './model.ts';
import { assertHoldsAll, permissionsOf } from './rights.ts';

/** The roles of these names. An unknown name is the caller's mistake. */
export async function getRolesByName(db: Database, names: readonly string[]): Promise<Role[]> {
  const roles = await Role.query(db).whereIn('name', [...names]);
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

/**
 * Those of the roles that still exist. They stay as they are until the transaction ends: what
 * they grant is read behind the lock, so that nothing is added between the check and the giving.
 * @throws a problem `permission_denied` unless the actor holds everything they grant.
 */
export async function lockToGive(
  tx: Transaction,
  actor: Actor,
  roleIds: readonly string[],
): Promise<Role[]> {
  const roles = await Role.query(tx)
    .findByIds([...roleIds])
    .orderBy('id')
    .forKeyShare();
  await Role.fetchGraph(roles, 'grants', { transaction: tx });
  assertHoldsAll(actor, permissionsOf(roles));
  return roles;
}

/** Those that are not among the others. */
export function without(roles: readonly Role[], others: readonly Role[]): Role[] {
  const ids = new Set(others.map(({ id }) => id));
  return roles.filter(({ id }) => !ids.has(id));
}
