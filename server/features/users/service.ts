import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../../contract/events.ts';
import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { NewUser, UserChanges, UserQuery } from '../../../contract/users.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import { isRecent } from '../../platform/auth/guard.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Changes } from '../../platform/db/app-query.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import type { Only } from '../../platform/exact.ts';
import { assertExpected, type Expected } from '../../platform/expected.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Read } from '../../platform/reads.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { PasswordLinks } from '../passwords/links.ts';
import type { Passwords } from '../passwords/service.ts';
import { getRolesByName, without } from '../roles/giving.ts';
import { administratorRole, memberRole, type Role } from '../roles/model.ts';
import { accountVoided } from '../sessions/model.ts';
import { foundFor, noSuchUser } from './found.ts';
import { assertFree } from './free-names.ts';
import { listVisible } from './list.ts';
import { emailReplacedMail } from './mails.ts';
import { assertNotLastAdministrator, giveRoles, lockToChange } from './membership.ts';
import { findAllVisible, findByIdentifier, findVisible, User, UserRole } from './model.ts';
import { canChangeRoles, isOwn } from './policy.ts';

/** An account whose address was proven before it began. */
export interface ProvenAccount {
  readonly email: string;
  readonly username: string;
  readonly fullName?: string | null;
  readonly password: string;
}

type Parts = Pick<Platform, 'db' | 'clock' | 'change' | 'mail'>;

interface Others {
  readonly passwords: Passwords;
  readonly passwordLinks: PasswordLinks;
  readonly tokens: OneTimeTokens;
}

export class Users {
  readonly #parts: Parts;
  readonly #others: Others;

  constructor(parts: Parts, others: Others) {
    this.#parts = parts;
    this.#others = others;
  }

  list(
    actor: Actor,
    filters: UserQuery,
    read: Read = (work) => work(this.#parts.db),
  ): Promise<KeysetPage<User>> {
    return read((db) => listVisible(db, actor, filters));
  }

  /** Those of them that the actor may see. */
  byIds(actor: Actor, ids: string[]): Promise<User[]> {
    return findAllVisible(this.#parts.db, actor, ids);
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

  /** Creates an account; hashing happens before the change, so that it holds no connection. */
  async create<Given extends NewUser>(
    actor: Actor,
    input: Only<Given, NewUser>,
    afterwards: (tx: Transaction, user: User) => Promise<void> = async () => {},
  ): Promise<User> {
    const {
      roles: roleNames,
      password,
      sendPasswordLink = password === undefined,
      ...fields
    }: NewUser = input;
    if (roleNames) this.assertCanNameRoles(actor);
    // Where none are named, the service itself gives what every new account begins with.
    const giver = roleNames ? actor : systemActor('new account');
    const passwordHash =
      password === undefined ? null : await this.#others.passwords.prepare(password, fields);
    return this.#parts.change(actor, async (tx) => {
      const row = { ...fields, passwordHash };
      const user = await this.#insert(tx, giver, row, roleNames ?? [memberRole]);
      if (sendPasswordLink) await this.#others.passwordLinks.send(tx, user);
      const changed = Object.keys(input).filter((key) => key !== 'sendPasswordLink');
      await tx.audit({ target: { type: 'user', id: user.id }, changed });
      await afterwards(tx, user);
      return user;
    });
  }

  /**
   * The account of somebody who has proven their address.
   * @param claim uses the proof up, first of all in the change; names the roles, if not the usual.
   */
  async createProven(
    { password, ...fields }: ProvenAccount,
    claim: (tx: Transaction) => Promise<readonly string[] | undefined>,
    afterwards: (tx: Transaction, user: User) => Promise<void> = async () => {},
  ): Promise<User> {
    const passwordHash = await this.#others.passwords.prepare(password, fields);
    const giver = systemActor('new account');
    return this.#parts.change(giver, async (tx) => {
      const roles = await claim(tx);
      const row = { ...fields, passwordHash, emailVerifiedAt: tx.now };
      const user = await this.#insert(tx, giver, row, roles ?? [memberRole]);
      const changed = [...Object.keys(fields), 'password'];
      await tx.audit({ target: { type: 'user', id: user.id }, changed });
      await afterwards(tx, user);
      return user;
    });
  }

  /**
   * The same inside the caller's change, which writes its entry: without a password, for whoever an
   * identity provider has proven to own the address.
   */
  addProven(
    tx: Transaction,
    fields: Omit<ProvenAccount, 'password'> & { readonly locale?: string | null },
    roleNames: readonly string[] = [memberRole],
  ): Promise<User> {
    const row = { ...fields, passwordHash: null, emailVerifiedAt: tx.now };
    return this.#insert(tx, systemActor('new account'), row, roleNames);
  }

  async #insert(
    tx: Transaction,
    giver: Actor,
    row: Changes<User> & { email: string; username: string },
    roleNames: readonly string[],
  ): Promise<User> {
    await assertFree(tx, undefined, row);
    // Everybody sees ids, and a UUIDv7 would show the instant: this one is random.
    const { id } = await User.query(tx).create({ ...row, id: randomUUID() }, tx.now);
    const roles = await getRolesByName(tx, roleNames);
    await giveRoles(tx, giver, id, idsOf(roles));
    await tx.publish({ name: 'account.created', data: { userId: id } });
    return this.get(systemActor('new account'), id, tx);
  }

  async update<Given extends UserChanges>(
    actor: Actor,
    userId: string,
    changes: Only<Given, UserChanges>,
    expected?: Expected<User>,
  ): Promise<User> {
    const { roles: roleNames, ...fields }: UserChanges = changes;
    if (roleNames && isOwn(actor, userId)) throw problem('own_account_protected');
    if (roleNames) this.assertCanNameRoles(actor);
    return this.#parts.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      await assertExpected(expected, () => this.get(actor, userId, tx));
      // Both are looked up on every update, the own row aside; of two at once, the database refuses one.
      await assertFree(tx, userId, {
        email: fields.email ?? user.email,
        username: fields.username ?? user.username,
      });
      // Nobody has proven a new address.
      const isMoved = fields.email !== undefined && fields.email !== user.email;
      const proof = isMoved && { emailVerifiedAt: null };
      await User.query(tx)
        .findById(userId)
        .change({ ...fields, ...proof }, tx.now);
      if (isMoved) await this.#moved(tx, user);
      if (roleNames) await replaceRoles(tx, actor, user, roleNames);
      await tx.publish(...eventsOf(userId, changes));
      await tx.audit({ target: { type: 'user', id: userId }, changed: Object.keys(changes) });
      return this.get(actor, userId, tx);
    });
  }

  /** Links to the old address prove nothing any more, and its owner is told. */
  async #moved(tx: Transaction, user: User): Promise<void> {
    await this.#others.tokens.withdraw(tx, user.id);
    await this.#parts.mail.write(tx, emailReplacedMail, user, {});
  }

  /** Naming roles takes what `assignRole` takes: `roles:manage` and a recent sign-in. */
  assertCanNameRoles(actor: Actor): void {
    if (!canChangeRoles(actor)) {
      throw problem('permission_denied', { detail: 'Giving roles takes `roles:manage`.' });
    }
    if (!isRecent(actor, this.#parts.clock.now())) throw problem('reauthentication_required');
  }
}

/** Gives what is new, and takes what is no longer named; what stays is neither given nor taken. */
async function replaceRoles(
  tx: Transaction,
  actor: Actor,
  user: User,
  names: readonly string[],
): Promise<void> {
  const wanted = await getRolesByName(tx, names);
  if (!wanted.some(({ name }) => name === administratorRole)) {
    await assertNotLastAdministrator(tx, user);
  }
  const held = user.roles ?? [];
  await giveRoles(tx, actor, user.id, idsOf(without(wanted, held)));
  const taken = idsOf(without(held, wanted));
  await UserRole.query(tx).delete().where({ userId: user.id }).whereIn('roleId', taken);
  await tx.revoke({ kind: accountVoided, subject: user.id });
}

/** The change of roles is an event of its own. */
function eventsOf(userId: string, { roles, ...fields }: UserChanges): NewEvent[] {
  const changed = Object.keys(fields);
  const updated = { name: 'account.updated', data: { userId, changed } } as const;
  const given = { name: 'account.roles_changed', data: { userId } } as const;
  return [...(changed.length > 0 ? [updated] : []), ...(roles ? [given] : [])];
}

const idsOf = (roles: readonly Role[]) => roles.map(({ id }) => id);
