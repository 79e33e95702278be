import type { Transaction } from '../../platform/change.ts';
import type { Platform } from '../../platform/platform.ts';
import { accountVoided } from '../sessions/model.ts';
import type { User } from '../users/model.ts';
import { factorAdded, factorRemoved } from './mails.ts';
import { hasFactor, heldBy, OwnedPasskey, TotpSecret } from './model.ts';
import { dropCodes, renewCodes } from './recovery-codes.ts';

export type FactorKind = 'totp' | 'passkey';

type Owner = Pick<User, 'id' | 'email' | 'locale'>;

/**
 * What belongs to every change of a factor, whichever it is: recovery codes come with the first and
 * go with the last, the owner is told, and every process looks anew whether the account has one.
 * Whoever calls has locked the account.
 */
export class FactorChanges {
  readonly #mail: Platform['mail'];
  readonly #metrics: Platform['telemetry']['accounts'];

  constructor({ mail, telemetry }: Pick<Platform, 'mail' | 'telemetry'>) {
    this.#mail = mail;
    this.#metrics = telemetry.accounts;
  }

  /** Answers recovery codes, unless the account has some. */
  async added(tx: Transaction, owner: Owner, kind: FactorKind): Promise<string[]> {
    const { recoveryCodes } = await heldBy(tx, owner.id);
    const codes = recoveryCodes ? [] : await renewCodes(tx, owner.id);
    tx.afterCommit(() => this.#metrics.countFactor(kind, 'enrolled'));
    await tx.publish({ name: 'account.factor_added', data: { userId: owner.id, kind } });
    await this.#mail.write(tx, factorAdded, owner, { kind, at: shown(tx.now) });
    await tx.revoke({ kind: accountVoided, subject: owner.id });
    return codes;
  }

  async removed(tx: Transaction, owner: Owner, kind: FactorKind): Promise<void> {
    if (!hasFactor(await heldBy(tx, owner.id))) await dropCodes(tx, owner.id);
    tx.afterCommit(() => this.#metrics.countFactor(kind, 'removed'));
    await tx.publish({ name: 'account.factor_removed', data: { userId: owner.id, kind } });
    await this.#mail.write(tx, factorRemoved, owner, { kind, at: shown(tx.now) });
    await tx.revoke({ kind: accountVoided, subject: owner.id });
  }

  /** All that there is; nobody is told but who hears of events. Says what there was. */
  async removeAll(tx: Transaction, userId: string): Promise<FactorKind[]> {
    const removed: FactorKind[] = [];
    const gone = {
      totp: await TotpSecret.query(tx).delete().where({ userId }),
      passkey: await OwnedPasskey.query(tx).delete().where({ userId }),
    };
    for (const kind of ['totp', 'passkey'] as const) {
      if (gone[kind] > 0) removed.push(kind);
      tx.afterCommit(() => this.#metrics.countFactor(kind, 'removed', gone[kind]));
    }
    await dropCodes(tx, userId);
    for (const kind of removed) {
      await tx.publish({ name: 'account.factor_removed', data: { userId, kind } });
    }
    await tx.revoke({ kind: accountVoided, subject: userId });
    return removed;
  }
}

/** An instant in a mail. */
export function shown(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
