import type { SecondFactors as Shown } from '../../../contract/second-factors.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Granted } from '../roles/role-table.ts';
import type { Sessions } from '../sessions/service.ts';
import { lockToChange } from '../users/membership.ts';
import { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import { type FactorChanges, shown } from './factor-changes.ts';
import { factorsReset, recoveryCodesRenewed, recoveryCodeUsed } from './mails.ts';
import { type Held, hasFactor, heldBy, OwnedPasskey, RecoveryCode, TotpSecret } from './model.ts';
import { renewCodes, useCode } from './recovery-codes.ts';
import { mustHaveFactor } from './requirement.ts';
import type { Totp } from './totp.ts';

interface Others {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly totp: Totp;
  readonly changes: FactorChanges;
}

/** A code as somebody gives it: one of them. */
export interface GivenCode {
  readonly totp?: string | undefined;
  readonly recoveryCode?: string | undefined;
}

/** What an account proves beside its first factor, whichever it is. */
export class SecondFactors {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  async get(actor: Actor): Promise<Shown> {
    const { db, config } = this.#platform;
    const { id: userId } = await this.#others.users.get(actor, actor.id);
    const totp = await TotpSecret.query(db).findOne({ userId }).whereNotNull('confirmedAt');
    const asking = User.relatedQuery('roles', db).for(userId).where('requiresSecondFactor', true);
    const requiresSecondFactor = (await asking.resultSize()) > 0;
    const { permissions } = actor;
    return {
      isRequired: mustHaveFactor(config.secondFactors, { permissions, requiresSecondFactor }),
      totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt.toISOString() } : null,
      passkeys: await OwnedPasskey.query(db).where({ userId }).resultSize(),
      recoveryCodesLeft: await RecoveryCode.query(db).where({ userId }).resultSize(),
    };
  }

  /** In place of all that there were. */
  renewCodes(actor: Actor): Promise<string[]> {
    return this.#platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      await tx.audit({ target: { type: 'user', id: user.id }, changed: ['recoveryCodes'] });
      // They stand in for a factor: alone they would be none.
      if (!hasFactor(await heldBy(tx, user.id))) return [];
      await tx.publish({ name: 'account.recovery_codes_renewed', data: { userId: user.id } });
      await this.#platform.mail.write(tx, recoveryCodesRenewed, user, { at: shown(tx.now) });
      return renewCodes(tx, user.id);
    });
  }

  /** For somebody who lost them. Whoever held them is signed out; whoever comes back sets up new ones. */
  async reset(actor: Actor, userId: string): Promise<void> {
    if (actor.id === userId) throw problem('own_account_protected');
    await this.#platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      const removed = await this.#others.changes.removeAll(tx, userId);
      await this.#others.sessions.endAllOf(tx, userId, { reason: 'second_factors_reset' });
      await tx.audit({ target: { type: 'user', id: userId }, changed: ['secondFactors'] });
      if (removed.length === 0) return;
      await this.#platform.mail.write(tx, factorsReset, user, { at: shown(tx.now) });
    });
  }

  /**
   * Uses one up, for an account that is locked. Answers how it was proven (RFC 8176); undefined when
   * it was not.
   */
  async use(tx: Transaction, user: User, given: GivenCode): Promise<string[] | undefined> {
    const { totp, recoveryCode } = given;
    if (totp !== undefined)
      return (await this.#others.totp.use(tx, user.id, totp)) ? otp : undefined;
    if (recoveryCode === undefined || !(await useCode(tx, user.id, recoveryCode))) return undefined;
    const left = await RecoveryCode.query(tx).where({ userId: user.id }).resultSize();
    await this.#platform.mail.write(tx, recoveryCodeUsed, user, { left, at: shown(tx.now) });
    return otp;
  }

  heldBy(db: Database, userId: string): Promise<Held> {
    return heldBy(db, userId);
  }

  /** Whether an account with these rights must have a factor and has none. */
  async isMissing(db: Database, userId: string, rights: Granted): Promise<boolean> {
    const isRequired = mustHaveFactor(this.#platform.config.secondFactors, rights);
    return isRequired && !hasFactor(await heldBy(db, userId));
  }
}

/** A one-time password, by the app or from the list. */
const otp = ['otp'];
