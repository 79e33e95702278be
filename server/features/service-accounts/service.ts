import type {
  NewServiceAccount,
  ServiceAccountChanges,
  ServiceAccountQuery,
} from '../../../contract/service-accounts.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import type { Only } from '../../platform/exact.ts';
import { assertExpected, type Expected } from '../../platform/expected.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import { serviceAccountVoided } from '../api-keys/model.ts';
import { getRolesByName, lockToGive, without } from '../roles/giving.ts';
import type { Role } from '../roles/model.ts';
import type { Users } from '../users/service.ts';
import { lockToChange, noSuchServiceAccount } from './lock.ts';
import {
  ServiceAccount,
  ServiceAccountRole,
  serviceAccountKeyset,
  withRoleNames,
} from './model.ts';

type Parts = Pick<Platform, 'db' | 'change'> & { readonly users: Users };

/** Accounts of programs. */
export class ServiceAccounts {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(_actor: Actor, filters: ServiceAccountQuery): Promise<KeysetPage<ServiceAccount>> {
    const { isActive, ...page } = filters;
    const query = ServiceAccount.query(this.#parts.db).modify(withRoleNames);
    if (isActive === true) query.whereNull('service_accounts.deactivatedAt');
    if (isActive === false) query.whereNotNull('service_accounts.deactivatedAt');
    return query.keysetPage(serviceAccountKeyset, page);
  }

  async get(_actor: Actor, id: string, db: Database = this.#parts.db): Promise<ServiceAccount> {
    const found = await ServiceAccount.query(db).modify(withRoleNames).findById(id);
    if (!found) throw noSuchServiceAccount();
    return found;
  }

  async getByName(actor: Actor, name: string): Promise<ServiceAccount> {
    const found = await ServiceAccount.query(this.#parts.db).findOne({ name });
    if (!found) throw noSuchServiceAccount();
    return this.get(actor, found.id);
  }

  create<Given extends NewServiceAccount>(
    actor: Actor,
    input: Only<Given, NewServiceAccount>,
  ): Promise<ServiceAccount> {
    const { roles: roleNames, ...fields }: NewServiceAccount = input;
    if (roleNames) this.#parts.users.assertCanNameRoles(actor);
    return this.#parts.change(actor, async (tx) => {
      await assertFree(tx, undefined, fields.name);
      const { id } = await ServiceAccount.query(tx).create(fields, tx.now);
      if (roleNames) await give(tx, actor, id, await getRolesByName(tx, roleNames));
      await tx.publish({ name: 'service_account.created', data: { serviceAccountId: id } });
      const target = { type: 'service_account', id };
      await tx.audit({ target, changed: Object.keys(input) });
      return this.get(actor, id, tx);
    });
  }

  async update<Given extends ServiceAccountChanges>(
    actor: Actor,
    id: string,
    changes: Only<Given, ServiceAccountChanges>,
    expected?: Expected<ServiceAccount>,
  ): Promise<ServiceAccount> {
    const { roles: roleNames, isActive, ...fields }: ServiceAccountChanges = changes;
    if (actor.id === id) throw problem('own_account_protected');
    if (roleNames) this.#parts.users.assertCanNameRoles(actor);
    return this.#parts.change(actor, async (tx) => {
      const account = await lockToChange(tx, actor, id);
      await assertExpected(expected, () => this.get(actor, id, tx));
      if (fields.name !== undefined) await assertFree(tx, id, fields.name);
      const rest =
        isActive === undefined ? {} : { deactivatedAt: restsSince(account, isActive, tx) };
      await ServiceAccount.query(tx)
        .findById(id)
        .change({ ...fields, ...rest }, tx.now);
      if (roleNames) await replaceRoles(tx, actor, account, roleNames);
      await tx.revoke({ kind: serviceAccountVoided, subject: id });
      await tx.publish({ name: 'service_account.updated', data: { serviceAccountId: id } });
      const target = { type: 'service_account', id };
      await tx.audit({ target, changed: Object.keys(changes) });
      return this.get(actor, id, tx);
    });
  }

  async remove(actor: Actor, id: string, expected?: Expected<ServiceAccount>): Promise<void> {
    if (actor.id === id) throw problem('own_account_protected');
    await this.#parts.change(actor, async (tx) => {
      await lockToChange(tx, actor, id);
      await assertExpected(expected, () => this.get(actor, id, tx));
      await ServiceAccount.query(tx).deleteById(id);
      await tx.revoke({ kind: serviceAccountVoided, subject: id });
      await tx.publish({ name: 'service_account.removed', data: { serviceAccountId: id } });
      await tx.audit({ target: { type: 'service_account', id } });
    });
  }
}

function restsSince({ deactivatedAt }: ServiceAccount, isActive: boolean, { now }: Transaction) {
  return isActive ? null : (deactivatedAt ?? now);
}

/** Looked up before it is written: two that swap names would wait for each other otherwise. */
async function assertFree(tx: Transaction, ownId: string | undefined, name: string): Promise<void> {
  const isTaken = await ServiceAccount.query(tx).existsOther(ownId, { name });
  if (isTaken) throw problem('service_account_name_taken');
}

/** Gives what is new, and takes what is no longer named; what stays is neither given nor taken. */
async function replaceRoles(
  tx: Transaction,
  actor: Actor,
  { id, roles: held = [] }: ServiceAccount,
  names: readonly string[],
): Promise<void> {
  const wanted = await getRolesByName(tx, names);
  await give(tx, actor, id, without(wanted, held));
  const taken = without(held, wanted).map(({ id: roleId }) => roleId);
  await ServiceAccountRole.query(tx)
    .delete()
    .where({ serviceAccountId: id })
    .whereIn('roleId', taken);
}

/** @throws a problem `permission_denied` unless the actor holds everything they grant. */
async function give(
  tx: Transaction,
  actor: Actor,
  serviceAccountId: string,
  roles: readonly Role[],
): Promise<void> {
  const ids = roles.map(({ id }) => id);
  const rows = (await lockToGive(tx, actor, ids)).map(({ id: roleId }) => ({
    serviceAccountId,
    roleId,
  }));
  if (rows.length > 0) await ServiceAccountRole.query(tx).insert(rows).onConflict().ignore();
}
