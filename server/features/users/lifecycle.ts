import type { Actor } from '../../platform/auth/actor.ts';
import { assertGoodPassword, type PasswordPolicy } from '../../platform/auth/password-rules.ts';
import type { Passwords } from '../../platform/auth/passwords.ts';
import type { Sessions } from '../../platform/auth/sessions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import type { Audit } from '../audit/service.ts';
import { assertGrantable, permissionsOf } from '../roles/service.ts';
import { noSuchUser } from './found.ts';
import { assertNotLastAdministrator, lockUserWithRoles } from './membership.ts';
import { User } from './model.ts';
import { isOwn } from './policy.ts';
import type { Users } from './service.ts';

export interface LifecycleParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly passwordPolicy: PasswordPolicy;
}

/** Accounts come to rest and come back. Doing it twice is doing it once. */
export class UserLifecycle {
  readonly #parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** The account can no longer act or sign in; its sessions end at once. */
  deactivate(actor: Actor, userId: string): Promise<User> {
    return this.#putToRest(actor, userId, 'deactivated', async (trx, now) => {
      const query = User.query(trx).findById(userId).whereNull('deactivatedAt');
      await query.change({ deactivatedAt: now }, now);
      return this.#parts.users.get(actor, userId, trx);
    });
  }

  /** Like deactivation, and the address is free for others. */
  async remove(actor: Actor, userId: string): Promise<void> {
    await this.#putToRest(actor, userId, 'removed', async (trx, now) => {
      await User.query(trx).findById(userId).change({ deletedAt: now }, now);
    });
  }

  activate(actor: Actor, userId: string): Promise<User> {
    const { db, clock, users, audit, revocations } = this.#parts;
    return inTransaction(db, async (trx) => {
      const user = await lockUserWithRoles(trx, actor, userId);
      assertGrantable(actor, permissionsOf(user.roles ?? []));
      await User.query(trx).findById(userId).change({ deactivatedAt: null }, clock.now());
      await revocations.record(trx, { kind: 'user', subject: userId });
      await audit.record(trx, actor, { target: { type: 'user', id: userId } });
      return users.get(actor, userId, trx);
    });
  }

  /** Brings a removed account back, unless its address or name was taken meanwhile: 409. */
  restore(actor: Actor, userId: string): Promise<User> {
    const { db, clock, users, audit } = this.#parts;
    return inTransaction(db, async (trx) => {
      const user = await User.query(trx).withDeleted().findById(userId).forUpdate();
      if (!user) throw noSuchUser();
      await user.$fetchGraph('roles.grants', { transaction: trx });
      assertGrantable(actor, permissionsOf(user.roles ?? []));
      const now = clock.now();
      await User.query(trx).withDeleted().findById(userId).change({ deletedAt: null }, now);
      await audit.record(trx, actor, { target: { type: 'user', id: userId } });
      return users.get(actor, userId, trx);
    });
  }

  /** For whoever lost the way in: a new password, active again, every session ended. */
  async reset(actor: Actor, userId: string, password: string): Promise<User> {
    const { db, clock, users, sessions, audit, passwords, passwordPolicy } = this.#parts;
    assertGoodPassword(password, await users.get(actor, userId), passwordPolicy);
    const passwordHash = await passwords.hash(password);
    return inTransaction(db, async (trx) => {
      const changes = { passwordHash, deactivatedAt: null };
      await User.query(trx).findById(userId).change(changes, clock.now());
      await sessions.endAllOf(trx, userId, { reason: 'reset' });
      const target = { type: 'user' as const, id: userId };
      await audit.record(trx, actor, { target, changed: ['password'] });
      return users.get(actor, userId, trx);
    });
  }

  async #putToRest<Result>(
    actor: Actor,
    userId: string,
    reason: string,
    work: (trx: Database, now: Date) => Promise<Result>,
  ): Promise<Result> {
    const { db, clock, sessions, audit } = this.#parts;
    if (isOwn(actor, userId)) throw problem('own_account_protected');
    return inTransaction(db, async (trx) => {
      const user = await lockUserWithRoles(trx, actor, userId);
      assertGrantable(actor, permissionsOf(user.roles ?? []));
      await assertNotLastAdministrator(trx, user);
      await sessions.endAllOf(trx, userId, { reason });
      await audit.record(trx, actor, { target: { type: 'user', id: userId } });
      return work(trx, clock.now());
    });
  }
}
