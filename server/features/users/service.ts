import { randomUUID } from 'node:crypto';
import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import { type Actor, can, systemActor } from '../../platform/auth/actor.ts';
import { isRecent } from '../../platform/auth/guard.ts';
import { assertGoodPassword, type PasswordPolicy } from '../../platform/auth/password-rules.ts';
import type { Passwords } from '../../platform/auth/passwords.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage, PageRequest } from '../../platform/db/keyset.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import type { Audit } from '../audit/service.ts';
import { getRolesByName } from '../roles/giving.ts';
import { administratorRole, memberRole, type Role } from '../roles/model.ts';
import { foundFor, noSuchUser } from './found.ts';
import { assertNotLastAdministrator, giveRoles, lockToChange } from './membership.ts';
import {
  findByIdentifier,
  findVisible,
  matching,
  User,
  UserRole,
  userKeyset,
  visibleTo,
  withRole,
  withRoleNames,
} from './model.ts';
import { canChangeRoles, isOwn } from './policy.ts';

export interface UserFilters extends PageRequest<typeof userKeyset> {
  readonly search?: string | undefined;
  readonly email?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly role?: string | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}

export interface NewUser {
  readonly email: string;
  readonly username: string;
  readonly fullName?: string | null | undefined;
  readonly password?: string | undefined;
  readonly roles?: readonly string[] | undefined;
}

export interface UserChanges {
  readonly email?: string | undefined;
  readonly username?: string | undefined;
  readonly fullName?: string | null | undefined;
  readonly roles?: readonly string[] | undefined;
}

export interface UsersParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly revocations: Revocations;
  readonly audit: Audit;
  readonly passwordPolicy: PasswordPolicy;
}

export class Users {
  readonly #parts: UsersParts;

  constructor(parts: UsersParts) {
    this.#parts = parts;
  }

  list(actor: Actor, filters: UserFilters): Promise<KeysetPage<User>> {
    const { search, email, isActive, role, createdFrom, createdBefore, ...page } = filters;
    if (asksHidden(filters) && !can(actor, 'users:manage')) {
      throw problem('permission_denied', { detail: 'This filter or order takes `users:manage`.' });
    }
    if (createdFrom && createdBefore && createdBefore < createdFrom) throw reversedRange();
    const query = User.query(this.#parts.db).modify(visibleTo(actor)).modify(withRoleNames);
    if (email !== undefined) query.where('users.email', email);
    if (search !== undefined) query.modify(matching(actor, search));
    if (role !== undefined) query.modify(withRole(role));
    if (isActive === true) query.whereNull('users.deactivatedAt');
    if (isActive === false) query.whereNotNull('users.deactivatedAt');
    return query
      .inRange('users.createdAt', { from: createdFrom, before: createdBefore })
      .keysetPage(userKeyset, page);
  }

  async get(actor: Actor, userId: string, db: Database = this.#parts.db): Promise<User> {
    return foundFor(actor, userId, await findVisible(db, actor, userId));
  }

  /** By e-mail address or username, in any case. */
  async getByIdentifier(actor: Actor, identifier: string): Promise<User> {
    const user = await findByIdentifier(this.#parts.db, normaliseEmail(identifier));
    if (!user) throw noSuchUser();
    return this.get(actor, user.id);
  }

  /** Creates an account; hashing happens before the transaction, so that it holds no connection. */
  async create(actor: Actor, input: NewUser): Promise<User> {
    const { db, clock, audit } = this.#parts;
    const { roles: roleNames, email, username, fullName = null } = input;
    if (roleNames) this.#assertCanNameRoles(actor);
    // Where none are named, the service itself gives what every new account begins with.
    const giver = roleNames ? actor : systemActor('new account');
    const passwordHash = await this.#hash(input);
    return inTransaction(db, async (trx) => {
      await assertFree(trx, undefined, { email, username });
      // Everybody sees ids, and a UUIDv7 would tell the instant: this one is random.
      const row = { id: randomUUID(), email, username, fullName, passwordHash };
      const { id } = await User.query(trx).create(row, clock.now());
      const roles = await getRolesByName(trx, roleNames ?? [memberRole]);
      await giveRoles(trx, giver, id, idsOf(roles));
      const changed = Object.keys(input);
      await audit.record(trx, actor, { target: { type: 'user', id }, changed });
      return this.get(actor, id, trx);
    });
  }

  async update(actor: Actor, userId: string, changes: UserChanges): Promise<User> {
    const { db, clock, audit } = this.#parts;
    const { roles: roleNames, ...fields } = changes;
    if (roleNames && isOwn(actor, userId)) throw problem('own_account_protected');
    if (roleNames) this.#assertCanNameRoles(actor);
    return inTransaction(db, async (trx) => {
      const user = await lockToChange(trx, actor, userId);
      // Both are looked up on every update, the own row aside; the database has the last word.
      await assertFree(trx, userId, {
        email: fields.email ?? user.email,
        username: fields.username ?? user.username,
      });
      // Nobody has proven a new address.
      const isMoved = fields.email !== undefined && fields.email !== user.email;
      const proof = isMoved && { emailVerifiedAt: null };
      await User.query(trx)
        .findById(userId)
        .change({ ...fields, ...proof }, clock.now());
      if (roleNames) await this.#replaceRoles(trx, actor, user, roleNames);
      const changed = Object.keys(changes);
      await audit.record(trx, actor, { target: { type: 'user', id: userId }, changed });
      return this.get(actor, userId, trx);
    });
  }

  async #hash({ password, ...account }: NewUser): Promise<string | null> {
    if (password === undefined) return null;
    assertGoodPassword(password, account, this.#parts.passwordPolicy);
    return this.#parts.passwords.hash(password);
  }

  /** Roles that are asked for by name take what giving roles takes elsewhere. */
  #assertCanNameRoles(actor: Actor): void {
    if (!canChangeRoles(actor)) {
      throw problem('permission_denied', { detail: 'Giving roles takes `roles:manage`.' });
    }
    if (!isRecent(actor, this.#parts.clock.now())) throw problem('reauthentication_required');
  }

  /** What the account has and keeps is neither given nor taken. */
  async #replaceRoles(
    trx: Database,
    actor: Actor,
    user: User,
    names: readonly string[],
  ): Promise<void> {
    const wanted = await getRolesByName(trx, names);
    if (!wanted.some(({ name }) => name === administratorRole)) {
      await assertNotLastAdministrator(trx, user);
    }
    const held = user.roles ?? [];
    await giveRoles(trx, actor, user.id, idsOf(without(wanted, held)));
    const taken = idsOf(without(held, wanted));
    await UserRole.query(trx).delete().where({ userId: user.id }).whereIn('roleId', taken);
    await this.#parts.revocations.record(trx, { kind: 'user', subject: user.id });
  }
}

/** Whether it filters or sorts by what a summary does not show: the rows found would tell it. */
function asksHidden({ email, role, createdFrom, createdBefore, sort }: UserFilters): boolean {
  const hidden = [email, role, createdFrom, createdBefore];
  return hidden.some((filter) => filter !== undefined) || (sort?.endsWith('createdAt') ?? false);
}

const idsOf = (roles: readonly Role[]) => roles.map(({ id }) => id);

function without(roles: readonly Role[], others: readonly Role[]): Role[] {
  const ids = new Set(idsOf(others));
  return roles.filter(({ id }) => !ids.has(id));
}

async function assertFree(
  trx: Database,
  ownId: string | undefined,
  { email, username }: { email: string; username: string },
): Promise<void> {
  const isEmailTaken = await User.query(trx).existsOther(ownId, { email });
  const isUsernameTaken = await User.query(trx).existsOther(ownId, { username });
  if (isEmailTaken) throw problem('email_taken');
  if (isUsernameTaken) throw problem('username_taken');
}

function reversedRange() {
  return invalidInput({
    in: 'query',
    path: 'createdBefore',
    code: 'reversed_range',
    message: 'The range ends before it begins',
  });
}
