import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { User, withRole } from '../users/model.ts';
import { administratorRole, Role } from './model.ts';
import { canGrant } from './policy.ts';

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

/** @throws a problem `permission_denied` unless the actor holds all of them. */
export function assertGrantable(actor: Actor, permissions: Iterable<Permission>): void {
  if (canGrant(actor, permissions)) return;
  throw problem('permission_denied', {
    detail: 'This concerns permissions that your own account does not hold.',
  });
}

/** The account, locked until the transaction ends, with its roles and what they grant. */
export async function lockUserWithRoles(trx: Database, userId: string): Promise<User | undefined> {
  const user = await User.query(trx).findById(userId).forUpdate();
  return user?.$fetchGraph('roles.grants', { transaction: trx });
}

/** Two removals at once take turns on the role's row, so that one of them finds itself last. */
export async function assertNotLastAdministrator(trx: Database, user: User): Promise<void> {
  const role = user.roles?.find(({ name }) => name === administratorRole);
  if (!role) return;
  await Role.query(trx).findById(role.id).forUpdate();
  const others = await User.query(trx)
    .modify(withRole(administratorRole))
    .whereNull('deactivatedAt')
    .whereNot('users.id', user.id)
    .resultSize();
  if (others === 0) throw problem('last_administrator');
}
