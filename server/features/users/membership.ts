import type { Actor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import type { Audit } from '../audit/service.ts';
import { lockToGive } from '../roles/giving.ts';
import { administratorRole, Role } from '../roles/model.ts';
import { assertCanActOn } from '../roles/rights.ts';
import type { Roles } from '../roles/service.ts';
import { foundFor } from './found.ts';
import { User, UserRole, visibleTo, withRole } from './model.ts';
import { isOwn } from './policy.ts';

/** As many roles as a user's answer has room for. */
const maxRoles = 50;

interface MembershipParts {
  readonly db: Database;
  readonly roles: Roles;
  readonly revocations: Revocations;
  readonly audit: Audit;
}

/** Who has which role. Works on the next request of the account. */
export class Membership {
  readonly #parts: MembershipParts;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
  }

  /** Giving a role twice is giving it once. */
  async assign(actor: Actor, userId: string, roleId: string): Promise<void> {
    await this.#change(actor, userId, roleId, async (trx, user) => {
      const held = user.roles ?? [];
      if (held.some(({ id }) => id === roleId)) return;
      if (held.length >= maxRoles) throw problem('too_many_roles');
      await giveRoles(trx, actor, userId, [roleId]);
    });
  }

  async take(actor: Actor, userId: string, roleId: string): Promise<void> {
    await this.#change(actor, userId, roleId, async (trx, user, role) => {
      if (role.name === administratorRole) await assertNotLastAdministrator(trx, user);
      await UserRole.query(trx).delete().where({ userId, roleId });
    });
  }

  async #change(
    actor: Actor,
    userId: string,
    roleId: string,
    work: (trx: Database, user: User, role: Role) => Promise<void>,
  ): Promise<void> {
    const { db, roles, audit, revocations } = this.#parts;
    if (isOwn(actor, userId)) throw problem('own_account_protected');
    await inTransaction(db, async (trx) => {
      const user = await lockToChange(trx, actor, userId);
      const role = await roles.get(actor, roleId, trx);
      await work(trx, user, role);
      await revocations.record(trx, { kind: 'user', subject: userId });
      const target = { type: 'user' as const, id: userId };
      await audit.record(trx, actor, { target, changed: [`role:${role.name}`] });
    });
  }
}

/**
 * A role that is removed at this moment is not given: as if it had been removed just after. Roles
 * are locked before what ties accounts to them: give first, and take afterwards.
 */
export async function giveRoles(
  trx: Database,
  actor: Actor,
  userId: string,
  roleIds: readonly string[],
): Promise<void> {
  const roles = await lockToGive(trx, actor, roleIds);
  const rows = roles.map(({ id: roleId }) => ({ userId, roleId }));
  if (rows.length > 0) await UserRole.query(trx).insert(rows).onConflict().ignore();
}

/**
 * The account, locked until the transaction ends, with its roles and what they grant: the only
 * way to one that is about to be changed, and first of all locks (docs/architecture.md, "One order
 * of locks"). One that the actor may not know of does not exist.
 * @throws a problem `permission_denied` when it is somebody else's and beyond the actor.
 */
export async function lockToChange(
  trx: Database,
  actor: Actor,
  userId: string,
  accounts = User.query(trx),
): Promise<User> {
  const row = await accounts.modify(visibleTo(actor)).findById(userId).forUpdate();
  const user = foundFor(actor, userId, row);
  await user.$fetchGraph('roles.grants', { transaction: trx });
  if (!isOwn(actor, userId)) assertCanActOn(actor, user.roles ?? []);
  return user;
}

/**
 * Two removals at once take turns on the role's row, so that one of them finds itself last. Whoever
 * gives the role need not wait for them.
 */
export async function assertNotLastAdministrator(trx: Database, user: User): Promise<void> {
  const role = user.roles?.find(({ name }) => name === administratorRole);
  if (!role) return;
  await Role.query(trx).findById(role.id).forNoKeyUpdate();
  const others = await User.query(trx)
    .modify(withRole(administratorRole))
    .whereNull('deactivatedAt')
    .whereNot('users.id', user.id)
    .resultSize();
  if (others === 0) throw problem('last_administrator');
}
