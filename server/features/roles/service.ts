import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage, PageRequest } from '../../platform/db/keyset.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import type { Audit } from '../audit/service.ts';
import { administratorRole, Role, RoleGrant, roleKeyset } from './model.ts';
import { isOwnRole } from './policy.ts';
import { assertHoldsAll, permissionsOf } from './rights.ts';

export interface NewRole {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly permissions?: readonly Permission[] | undefined;
}

export interface RoleChanges {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
}

interface RolesParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly revocations: Revocations;
  readonly audit: Audit;
}

export class Roles {
  readonly #parts: RolesParts;

  constructor(parts: RolesParts) {
    this.#parts = parts;
  }

  list(_actor: Actor, page: PageRequest<typeof roleKeyset>): Promise<KeysetPage<Role>> {
    return Role.query(this.#parts.db).withGraphFetched('grants').keysetPage(roleKeyset, page);
  }

  async get(_actor: Actor, roleId: string, db: Database = this.#parts.db): Promise<Role> {
    const role = await Role.query(db).findById(roleId).withGraphFetched('grants');
    if (!role) throw notFound();
    return role;
  }

  async getByName(_actor: Actor, name: string): Promise<Role> {
    const role = await Role.query(this.#parts.db).findOne({ name });
    if (!role) throw notFound();
    return role;
  }

  create(actor: Actor, { permissions = [], ...fields }: NewRole): Promise<Role> {
    assertHoldsAll(actor, permissions);
    return this.#change(actor, async (trx, now) => {
      const row = { description: null, ...fields, isSystem: false };
      const { id } = await Role.query(trx).create(row, now);
      await grantAll(trx, id, permissions);
      return { roleId: id, changed: Object.keys({ ...fields, permissions }) };
    });
  }

  update(actor: Actor, roleId: string, changes: RoleChanges): Promise<Role> {
    return this.#change(actor, async (trx, now) => {
      const role = await this.#lockToChange(trx, actor, roleId);
      const isRenamed = changes.name !== undefined && changes.name !== role.name;
      if (isRenamed && role.isSystem) throw problem('system_role_protected');
      await assertFree(trx, roleId, changes);
      await Role.query(trx).findById(roleId).change(changes, now);
      return { roleId, changed: Object.keys(changes) };
    });
  }

  async remove(actor: Actor, roleId: string): Promise<void> {
    const { db, audit, revocations } = this.#parts;
    await inTransaction(db, async (trx) => {
      const role = await this.#lockToChange(trx, actor, roleId);
      if (role.isSystem) throw problem('system_role_protected');
      if (isOwnRole(actor, role)) throw problem('own_account_protected');
      await Role.query(trx).deleteById(roleId);
      await revocations.record(trx, { kind: 'roles', subject: null });
      await audit.record(trx, actor, { target: { type: 'role', id: roleId } });
    });
  }

  grant(actor: Actor, roleId: string, permission: Permission): Promise<Role> {
    return this.#change(actor, async (trx) => {
      const role = await this.#lockToChange(trx, actor, roleId);
      assertHoldsAll(actor, [permission]);
      if (role.name === administratorRole) throw problem('system_role_protected');
      await grantAll(trx, roleId, [permission]);
      return { roleId, changed: [permission] };
    });
  }

  revoke(actor: Actor, roleId: string, permission: Permission): Promise<Role> {
    return this.#change(actor, async (trx) => {
      const role = await this.#lockToChange(trx, actor, roleId);
      if (role.name === administratorRole) throw problem('system_role_protected');
      await RoleGrant.query(trx).delete().where({ roleId, permission });
      return { roleId, changed: [permission] };
    });
  }

  /** One transaction: the change, its revocation and its entry; answers the role as it is then. */
  #change(
    actor: Actor,
    work: (trx: Database, now: Date) => Promise<{ roleId: string; changed: string[] }>,
  ): Promise<Role> {
    const { db, clock, audit, revocations } = this.#parts;
    return inTransaction(db, async (trx) => {
      const { roleId, changed } = await work(trx, clock.now());
      await revocations.record(trx, { kind: 'roles', subject: null });
      await audit.record(trx, actor, { target: { type: 'role', id: roleId }, changed });
      return this.get(actor, roleId, trx);
    });
  }

  /**
   * The row, locked until the transaction ends, so that changes to one role take turns. Whoever
   * changes it holds all that it grants: its name, too, is what others give it by.
   */
  async #lockToChange(trx: Database, actor: Actor, roleId: string): Promise<Role> {
    const role = await Role.query(trx).findById(roleId).forUpdate();
    if (!role) throw notFound();
    await role.$fetchGraph('grants', { transaction: trx });
    assertHoldsAll(actor, permissionsOf([role]));
    return role;
  }
}

/** Asked first, or two that swap their names would wait for each other; the database decides. */
async function assertFree(trx: Database, ownId: string, { name }: RoleChanges): Promise<void> {
  const isTaken = name !== undefined && (await Role.query(trx).existsOther(ownId, { name }));
  if (isTaken) throw problem('role_name_taken');
}

async function grantAll(
  trx: Database,
  roleId: string,
  permissions: readonly Permission[],
): Promise<void> {
  const rows = [...new Set(permissions)].map((permission) => ({ roleId, permission }));
  if (rows.length > 0) await RoleGrant.query(trx).insert(rows).onConflict().ignore();
}

function notFound() {
  return problem('not_found', { detail: 'There is no such role.' });
}
