import type { Actor } from '../../platform/auth/actor.ts';
import type { Change, Transaction } from '../../platform/change.ts';
import { assertExpected, type Expected } from '../../platform/expected.ts';
import { problem } from '../../platform/problem-error.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Passwords } from '../passwords/service.ts';
import { accountVoided } from '../sessions/model.ts';
import type { Sessions } from '../sessions/service.ts';
import { assertFree } from './free-names.ts';
import { assertNotLastAdministrator, lockToChange } from './membership.ts';
import { User } from './model.ts';
import { isOwn } from './policy.ts';
import type { Users } from './service.ts';

interface Others {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly tokens: OneTimeTokens;
}

/** Deactivates, activates, removes and restores accounts. Doing it twice is doing it once. */
export class UserLifecycle {
  readonly #change: Change;
  readonly #others: Others;

  constructor({ change }: { change: Change }, others: Others) {
    this.#change = change;
    this.#others = others;
  }

  /** The account can no longer act or sign in; its sessions end at once. */
  deactivate(actor: Actor, userId: string): Promise<User> {
    return this.#putToRest(actor, userId, { reason: 'deactivated' }, async (tx) => {
      const query = User.query(tx).findById(userId).whereNull('deactivatedAt');
      const changed = await query.change({ deactivatedAt: tx.now }, tx.now);
      if (changed > 0) await tx.publish({ name: 'account.deactivated', data: { userId } });
      return this.#others.users.get(actor, userId, tx);
    });
  }

  /** Like deactivation, and the address is free for others. */
  async remove(actor: Actor, userId: string, expected?: Expected<User>): Promise<void> {
    const resting = { reason: 'removed', expected };
    await this.#putToRest(actor, userId, resting, async (tx) => {
      await User.query(tx).findById(userId).change({ deletedAt: tx.now }, tx.now);
      await tx.publish({ name: 'account.removed', data: { userId } });
    });
  }

  activate(actor: Actor, userId: string): Promise<User> {
    return this.#change(actor, async (tx) => {
      await lockToChange(tx, actor, userId);
      await this.#wake(tx, userId);
      await tx.revoke({ kind: accountVoided, subject: userId });
      await tx.audit({ target: { type: 'user', id: userId } });
      return this.#others.users.get(actor, userId, tx);
    });
  }

  /** Brings a removed account back, unless its address or name was taken meanwhile: 409. */
  restore(actor: Actor, userId: string): Promise<User> {
    return this.#change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId, User.query(tx).withDeleted());
      await assertFree(tx, userId, user);
      const removed = User.query(tx).withDeleted().findById(userId).whereNotNull('deletedAt');
      const changed = await removed.change({ deletedAt: null }, tx.now);
      if (changed > 0) await tx.publish({ name: 'account.restored', data: { userId } });
      await tx.audit({ target: { type: 'user', id: userId } });
      return this.#others.users.get(actor, userId, tx);
    });
  }

  /** For somebody who cannot sign in any more: a new password, active again, every session ended. */
  async reset(actor: Actor, userId: string, password: string): Promise<User> {
    const { users, sessions, passwords, tokens } = this.#others;
    const passwordHash = await passwords.prepare(password, await users.get(actor, userId));
    return this.#change(actor, async (tx) => {
      await lockToChange(tx, actor, userId);
      await passwords.set(tx, userId, passwordHash);
      await this.#wake(tx, userId);
      await sessions.endAllOf(tx, userId, { reason: 'reset' });
      await tokens.withdraw(tx, userId);
      await tx.audit({ target: { type: 'user', id: userId }, changed: ['password'] });
      return users.get(actor, userId, tx);
    });
  }

  async #wake(tx: Transaction, userId: string): Promise<void> {
    const resting = User.query(tx).findById(userId).whereNotNull('deactivatedAt');
    const changed = await resting.change({ deactivatedAt: null }, tx.now);
    if (changed > 0) await tx.publish({ name: 'account.activated', data: { userId } });
  }

  async #putToRest<Result>(
    actor: Actor,
    userId: string,
    { reason, expected }: { reason: string; expected?: Expected<User> },
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    if (isOwn(actor, userId)) throw problem('own_account_protected');
    return this.#change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      await assertExpected(expected, () => this.#others.users.get(actor, userId, tx));
      await assertNotLastAdministrator(tx, user);
      await this.#others.sessions.endAllOf(tx, userId, { reason });
      await this.#others.tokens.withdraw(tx, userId);
      await tx.audit({ target: { type: 'user', id: userId } });
      return work(tx);
    });
  }
}
