import type { Actor } from '../../platform/auth/actor.ts';
import type { Change, Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import { lockToGive } from '../roles/giving.ts';
import { administratorRole, Role } from '../roles/model.ts';
import { assertCanActOn } from '../roles/rights.ts';
import type { Roles } from '../roles/service.ts';
import { accountVoided } from '../sessions/model.ts';
import { foundFor } from './found.ts';
import { User, UserRole, visibleTo, withRole } from './model.ts';
import { isOwn } from './policy.ts';

/** As many roles as a user's answer has room for. */
const maxRoles = 50;

/** Who has which role. Works on the next request of the account. */
export class Membership {
  readonly #change: Change;
  readonly #roles: Roles;

  constructor({ change }: { change: Change }, roles: Roles) {
    this.#change = change;
    this.#roles = roles;
  }

  /** Giving a role twice is giving it once. */
  async assign(actor: Actor, userId: string, roleId: string): Promise<void> {
    await this.#changeRole(actor, userId, roleId, async (tx, user) => {
      const held = user.roles ?? [];
      if (held.some(({ id }) => id === roleId)) return;
      if (held.length >= maxRoles) throw problem('too_many_roles');
      await giveRoles(tx, actor, userId, [roleId]);
    });
  }

  async take(actor: Actor, userId: string, roleId: string): Promise<void> {
    await this.#changeRole(actor, userId, roleId, async (tx, user, role) => {
      if (role.name === administratorRole) await assertNotLastAdministrator(tx, user);
      await UserRole.query(tx).delete().where({ userId, roleId });
    });
  }

  async #changeRole(
    actor: Actor,
    userId: string,
    roleId: string,
    work: (tx: Transaction, user: User, role: Role) => Promise<void>,
  ): Promise<void> {
    if (isOwn(actor, userId)) throw problem('own_account_protected');
    await this.#change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      const role = await this.#roles.get(actor, roleId, tx);
      await work(tx, user, role);
      await tx.revoke({ kind: accountVoided, subject: userId });
      await tx.publish({ name: 'account.roles_changed', data: { userId } });
      await tx.audit({ target: { type: 'user', id: userId }, changed: [`role:${role.name}`] });
    });
  }
}

/**
 * A role that is removed at this moment is not given: as if it had been removed just after. Roles
 * are locked before what ties accounts to them: give first, and take afterwards.
 */
export async function giveRoles(
  tx: Transaction,
  actor: Actor,
  userId: string,
  roleIds: readonly string[],
): Promise<void> {
  const roles = await lockToGive(tx, actor, roleIds);
  const rows = roles.map(({ id: roleId }) => ({ userId, roleId }));
  if (rows.length > 0) await UserRole.query(tx).insert(rows).onConflict().ignore();
}

/**
 * The account, locked until the transaction ends, with its roles and what they grant: the only
 * way to one that is about to be changed, and first of all locks (docs/architecture.md, "One order
 * of locks"). One that the actor may not know of does not exist.
 * @throws a problem `permission_denied` when it is somebody else's and beyond the actor.
 */
export async function lockToChange(
  tx: Transaction,
  actor: Actor,
  userId: string,
  accounts = User.query(tx),
): Promise<User> {
  const row = await accounts.modify(visibleTo(actor)).findById(userId).forUpdate();
  const user = foundFor(actor, userId, row);
  await user.$fetchGraph('roles.grants', { transaction: tx });
  if (!isOwn(actor, userId)) assertCanActOn(actor, user.roles ?? []);
  return user;
}

/**
 * Two removals at once take turns on the role's row, so that one of them finds itself last. Whoever
 * gives the role need not wait for them.
 */
export async function assertNotLastAdministrator(tx: Transaction, user: User): Promise<void> {
  const role = user.roles?.find(({ name }) => name === administratorRole);
  if (!role) return;
  await Role.query(tx).findById(role.id).forNoKeyUpdate();
  const others = await User.query(tx)
    .modify(withRole(administratorRole))
    .whereNull('deactivatedAt')
    .whereNot('users.id', user.id)
    .resultSize();
  if (others === 0) throw problem('last_administrator');
}
