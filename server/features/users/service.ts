import { type Actor, can } from '../../platform/auth/actor.ts';
import { assertGoodPassword, type PasswordPolicy } from '../../platform/auth/password-rules.ts';
import type { Passwords } from '../../platform/auth/passwords.ts';
import type { Sessions } from '../../platform/auth/sessions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage, PageRequest } from '../../platform/db/keyset.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { administratorRole, memberRole, type Role } from '../roles/model.ts';
import { getRolesByName, permissionsOf } from '../roles/service.ts';
import { matching, User, UserRole, userKeyset, visibleTo, withRole } from './model.ts';
import { canGrant, isOwn } from './policy.ts';

export interface UserFilters extends PageRequest {
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

interface UsersParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly passwordPolicy: PasswordPolicy;
}

export class Users {
  readonly #parts: UsersParts;

  constructor(parts: UsersParts) {
    this.#parts = parts;
  }

  list(actor: Actor, filters: UserFilters): Promise<KeysetPage<User>> {
    const { search, email, isActive, role, createdFrom, createdBefore, ...page } = filters;
    if (email !== undefined && !can(actor, 'users:manage')) {
      throw problem('permission_denied', { detail: 'Only managers may filter by e-mail.' });
    }
    if (createdFrom && createdBefore && createdBefore < createdFrom) throw reversedRange();
    const query = User.query(this.#parts.db).modify(visibleTo(actor)).withGraphFetched('roles');
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
    const user = await User.query(db)
      .modify(visibleTo(actor))
      .findById(userId)
      .withGraphFetched('roles');
    if (!user) throw notFound();
    return user;
  }

  /** Creates an account; hashing happens before the transaction, so that it holds no connection. */
  async create(actor: Actor, input: NewUser): Promise<User> {
    const { db, clock, passwords, passwordPolicy } = this.#parts;
    const { password, roles: roleNames = [memberRole], ...fields } = input;
    const roles = await this.#grantable(actor, roleNames);
    if (password !== undefined) assertGoodPassword(password, input, passwordPolicy);
    const passwordHash = password === undefined ? null : await passwords.hash(password);
    return db.transaction(async (trx) => {
      await assertFree(trx, undefined, fields);
      const user = await User.query(trx).create({ ...fields, passwordHash } as never, clock.now());
      await setRoles(trx, user.id, roles);
      return this.get(actor, user.id, trx);
    });
  }

  async update(actor: Actor, userId: string, changes: UserChanges): Promise<User> {
    const { db, clock } = this.#parts;
    const { roles: roleNames, ...fields } = changes;
    const roles = roleNames && (await this.#grantable(actor, roleNames));
    return db.transaction(async (trx) => {
      const user = await this.#lock(trx, actor, userId);
      if (roles) {
        assertNotOwn(actor, user);
        await this.#assertHolds(actor, user);
        await this.#replaceRoles(trx, user, roles);
      }
      // Both are looked up on every update, the own row aside; the database has the last word.
      await assertFree(trx, userId, {
        email: fields.email ?? user.email,
        username: fields.username ?? user.username,
      });
      const isMoved = fields.email !== undefined && fields.email !== user.email;
      // Nobody has proven the new address.
      const proof = isMoved && { emailVerifiedAt: null };
      await User.query(trx)
        .findById(userId)
        .change({ ...fields, ...proof }, clock.now());
      return this.get(actor, userId, trx);
    });
  }

  async remove(actor: Actor, userId: string): Promise<void> {
    const { db, clock, sessions } = this.#parts;
    await db.transaction(async (trx) => {
      const user = await this.#lock(trx, actor, userId);
      assertNotOwn(actor, user);
      await this.#assertHolds(actor, user);
      await assertNotLastAdministrator(trx, user);
      await User.query(trx).findById(userId).change({ deletedAt: clock.now() }, clock.now());
      await sessions.endAllOf(trx, userId);
    });
  }

  /** The row, locked until the transaction ends, so that changes to one account take turns. */
  async #lock(trx: Database, actor: Actor, userId: string): Promise<User> {
    const user = await User.query(trx).modify(visibleTo(actor)).findById(userId).forUpdate();
    if (!user) throw notFound();
    return user.$fetchGraph('roles.grants', { transaction: trx });
  }

  async #grantable(actor: Actor, names: readonly string[]): Promise<Role[]> {
    const roles = await getRolesByName(this.#parts.db, names);
    if (!canGrant(actor, permissionsOf(roles))) throw refusedGrant();
    return roles;
  }

  /** Nobody takes from others what they do not hold themselves. */
  async #assertHolds(actor: Actor, user: User): Promise<void> {
    if (!canGrant(actor, permissionsOf(user.roles ?? []))) throw refusedGrant();
  }

  async #replaceRoles(trx: Database, user: User, roles: readonly Role[]): Promise<void> {
    if (!roles.some(({ name }) => name === administratorRole)) {
      await assertNotLastAdministrator(trx, user);
    }
    await UserRole.query(trx).delete().where({ userId: user.id });
    await setRoles(trx, user.id, roles);
  }
}

/** Compared by the row: an id in a path may be written in upper case. */
function assertNotOwn(actor: Actor, user: User): void {
  if (isOwn(actor, user)) throw problem('own_account_protected');
}

async function setRoles(trx: Database, userId: string, roles: readonly Role[]): Promise<void> {
  if (roles.length === 0) return;
  await UserRole.query(trx).insert(roles.map(({ id: roleId }) => ({ userId, roleId })));
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

/** Two removals at once take turns on the role's row, so that one of them finds itself last. */
async function assertNotLastAdministrator(trx: Database, user: User): Promise<void> {
  const role = user.roles?.find(({ name }) => name === administratorRole);
  if (!role) return;
  await role.$query(trx).forUpdate();
  const others = await User.query(trx)
    .modify(withRole(administratorRole))
    .whereNull('deactivatedAt')
    .whereNot('users.id', user.id)
    .resultSize();
  if (others === 0) throw problem('last_administrator');
}

function reversedRange() {
  return invalidInput({
    in: 'query',
    path: 'createdBefore',
    code: 'reversed_range',
    message: 'The range ends before it begins',
  });
}

function notFound() {
  return problem('not_found', { detail: 'There is no such account.' });
}

function refusedGrant() {
  return problem('permission_denied', {
    detail: 'The roles grant more than your own account holds.',
  });
}
