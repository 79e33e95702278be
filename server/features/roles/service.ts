import type { Permission } from '../../../contract/kit/permissions.ts';
import type { NewRole, RoleChanges, RoleQuery } from '../../../contract/roles.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Change, Transaction } from '../../platform/change.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import { assertExpected, type Expected } from '../../platform/expected.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import {
  administratorRole,
  findByNames,
  Role,
  RoleGrant,
  roleKeyset,
  rolesChanged,
} from './model.ts';
import { isOwnRole } from './policy.ts';
import { assertHoldsAll, permissionsOf } from './rights.ts';

export class Roles {
  readonly #db: Database;
  readonly #change: Change;

  constructor({ db, change }: Pick<Platform, 'db' | 'change'>) {
    this.#db = db;
    this.#change = change;
  }

  list(_actor: Actor, page: RoleQuery): Promise<KeysetPage<Role>> {
    return Role.query(this.#db).withGraphFetched('grants').keysetPage(roleKeyset, page);
  }

  byNames(_actor: Actor, names: string[]): Promise<Role[]> {
    return findByNames(this.#db, names);
  }

  async get(_actor: Actor, roleId: string, db: Database = this.#db): Promise<Role> {
    const role = await Role.query(db).findById(roleId).withGraphFetched('grants');
    if (!role) throw notFound();
    return role;
  }

  async getByName(_actor: Actor, name: string): Promise<Role> {
    const role = await Role.query(this.#db).findOne({ name });
    if (!role) throw notFound();
    return role;
  }

  create(actor: Actor, { permissions = [], ...fields }: NewRole): Promise<Role> {
    assertHoldsAll(actor, permissions);
    return this.#changeOne(actor, async (tx) => {
      const usual = { description: null, requiresSecondFactor: false };
      const row = { ...usual, ...fields, isSystem: false };
      const { id } = await Role.query(tx).create(row, tx.now);
      await grantAll(tx, id, permissions);
      await tx.publish({ name: 'role.created', data: { roleId: id } });
      return { roleId: id, changed: Object.keys({ ...fields, permissions }) };
    });
  }

  update(
    actor: Actor,
    roleId: string,
    changes: RoleChanges,
    expected?: Expected<Role>,
  ): Promise<Role> {
    return this.#changeOne(actor, async (tx) => {
      const role = await lockToChange(tx, actor, roleId);
      await assertExpected(expected, () => role);
      const isRenamed = changes.name !== undefined && changes.name !== role.name;
      if (isRenamed && role.isSystem) throw problem('system_role_protected');
      await assertFree(tx, roleId, changes);
      await Role.query(tx).findById(roleId).change(changes, tx.now);
      return updated(tx, roleId, Object.keys(changes));
    });
  }

  async remove(actor: Actor, roleId: string, expected?: Expected<Role>): Promise<void> {
    await this.#change(actor, async (tx) => {
      const role = await lockToChange(tx, actor, roleId);
      await assertExpected(expected, () => role);
      if (role.isSystem) throw problem('system_role_protected');
      if (isOwnRole(actor, role)) throw problem('own_account_protected');
      await Role.query(tx).deleteById(roleId);
      await tx.revoke({ kind: rolesChanged, subject: null });
      await tx.publish({ name: 'role.removed', data: { roleId } });
      await tx.audit({ target: { type: 'role', id: roleId } });
    });
  }

  grant(actor: Actor, roleId: string, permission: Permission): Promise<Role> {
    return this.#changeOne(actor, async (tx) => {
      const role = await lockToChange(tx, actor, roleId);
      assertHoldsAll(actor, [permission]);
      if (role.name === administratorRole) throw problem('system_role_protected');
      await grantAll(tx, roleId, [permission]);
      return updated(tx, roleId, [permission]);
    });
  }

  revoke(actor: Actor, roleId: string, permission: Permission): Promise<Role> {
    return this.#changeOne(actor, async (tx) => {
      const role = await lockToChange(tx, actor, roleId);
      if (role.name === administratorRole) throw problem('system_role_protected');
      await RoleGrant.query(tx).delete().where({ roleId, permission });
      return updated(tx, roleId, [permission]);
    });
  }

  /** The change of a role, with its revocation and its entry; answers the role as it is then. */
  #changeOne(
    actor: Actor,
    work: (tx: Transaction) => Promise<{ roleId: string; changed: string[] }>,
  ): Promise<Role> {
    return this.#change(actor, async (tx) => {
      const { roleId, changed } = await work(tx);
      await tx.revoke({ kind: rolesChanged, subject: null });
      await tx.audit({ target: { type: 'role', id: roleId }, changed });
      return this.get(actor, roleId, tx);
    });
  }
}

/**
 * The row, locked until the transaction ends, so that changes to one role take turns. Whoever
 * changes it holds all that it grants: its name, too, is what others give it by.
 */
async function lockToChange(tx: Transaction, actor: Actor, roleId: string): Promise<Role> {
  const role = await Role.query(tx).findById(roleId).forUpdate();
  if (!role) throw notFound();
  await role.$fetchGraph('grants', { transaction: tx });
  assertHoldsAll(actor, permissionsOf([role]));
  return role;
}

async function updated(tx: Transaction, roleId: string, changed: string[]) {
  await tx.publish({ name: 'role.updated', data: { roleId, changed } });
  return { roleId, changed };
}

/** Looked up before it is written: two that swap names would wait for each other otherwise. */
async function assertFree(tx: Transaction, ownId: string, { name }: RoleChanges): Promise<void> {
  const isTaken = name !== undefined && (await Role.query(tx).existsOther(ownId, { name }));
  if (isTaken) throw problem('role_name_taken');
}

async function grantAll(
  tx: Transaction,
  roleId: string,
  permissions: readonly Permission[],
): Promise<void> {
  const rows = [...new Set(permissions)].map((permission) => ({ roleId, permission }));
  if (rows.length > 0) await RoleGrant.query(tx).insert(rows).onConflict().ignore();
}

function notFound() {
  return problem('not_found', { detail: 'There is no such role.' });
}
