import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Sessions } from '../sessions/service.ts';
import { assertNotLastAdministrator, lockToChange } from '../users/membership.ts';
import { User } from '../users/model.ts';
import { erasedMail, erasureCancelledMail, erasureRequestedMail } from './mails.ts';
import { AccountErasure } from './model.ts';

/** Erases accounts whose owners ask for it, after a time of grace (GDPR, Art. 17). */
export class AccountErasures {
  readonly #platform: Platform;
  readonly #sessions: Sessions;

  constructor(platform: Platform, sessions: Sessions) {
    this.#platform = platform;
    this.#sessions = sessions;
  }

  async find(actor: Actor): Promise<AccountErasure | undefined> {
    return AccountErasure.query(this.#platform.db).findById(actor.id);
  }

  /** Asking twice is asking once: the date stays. */
  request(actor: Actor): Promise<AccountErasure> {
    const { change, config, mail } = this.#platform;
    const graceSeconds = config.personalData.erasureGraceDays * daySeconds;
    return change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      await assertNotLastAdministrator(tx, user);
      await tx.audit({ target: { type: 'user', id: user.id } });
      const known = await AccountErasure.query(tx).findById(user.id);
      if (known) return known;
      const erasesAt = secondsAfter(tx.now, graceSeconds);
      const row = { userId: user.id, requestedAt: tx.now, erasesAt };
      await AccountErasure.query(tx).insert(row);
      await tx.publish({ name: 'account.erasure_requested', data: { userId: user.id } });
      // Who asked stays, to cancel; whoever else is signed in has nothing to do here any more.
      const except = actor.session?.id;
      await this.#sessions.endAllOf(tx, user.id, { reason: 'erasure', except });
      await mail.write(tx, erasureRequestedMail, user, { erasesOn: dayOf(erasesAt) });
      return AccountErasure.fromDatabaseJson(row);
    });
  }

  async cancel(actor: Actor): Promise<void> {
    const { change, mail } = this.#platform;
    await change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const cancelled = await AccountErasure.query(tx).deleteById(user.id);
      if (cancelled > 0) {
        await tx.publish({ name: 'account.erasure_cancelled', data: { userId: user.id } });
        await mail.write(tx, erasureCancelledMail, user, {});
      }
      await tx.audit({ target: { type: 'user', id: user.id } });
    });
  }

  /** Each account by itself: one that cannot be erased keeps no other one. */
  async eraseDue(signal: AbortSignal): Promise<void> {
    const { db, clock, log } = this.#platform;
    const due = await AccountErasure.query(db).where('erasesAt', '<=', clock.now());
    for (const { userId } of due) {
      signal.throwIfAborted();
      await this.#erase(userId).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        log.warn({ userId, reason: error.code }, 'an account could not be erased yet');
      });
    }
  }

  async #erase(userId: string): Promise<void> {
    const { change, personalData, mail } = this.#platform;
    await change(systemActor('account erasure'), async (tx) => {
      const user = await User.query(tx).withDeleted().findById(userId).forUpdate();
      if (!user || !(await isDue(tx, userId))) return;
      await user.$fetchGraph('roles', { transaction: tx });
      await assertNotLastAdministrator(tx, user);
      await this.#sessions.endAllOf(tx, userId, { reason: 'erased' });
      for (const { erase } of personalData.all) await erase?.(tx, userId);
      await mail.write(tx, erasedMail, user, {});
      await User.query(tx).withDeleted().deleteById(userId);
      await tx.publish({ name: 'account.erased', data: { userId } });
      await tx.audit({ target: { type: 'user', id: userId } });
    });
  }
}

async function isDue(tx: Transaction, userId: string): Promise<boolean> {
  const due = AccountErasure.query(tx).findById(userId).where('erasesAt', '<=', tx.now);
  return (await due) !== undefined;
}

/** As a mail writes it, the same in every time zone but for a day at its edge. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
