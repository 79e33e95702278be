import type { Transaction } from '../../platform/change.ts';
import type { ApiKeys } from '../api-keys/service.ts';
import type { Identities } from '../identities/service.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Passwords } from '../passwords/service.ts';
import type { FactorChanges } from '../second-factors/factor-changes.ts';
import type { KnownDevices } from '../sessions/known-devices.ts';
import type { Sessions } from '../sessions/service.ts';
import { User } from '../users/model.ts';

interface Others {
  readonly sessions: Sessions;
  readonly devices: KnownDevices;
  readonly passwords: Passwords;
  readonly tokens: OneTimeTokens;
  readonly factors: FactorChanges;
  readonly apiKeys: ApiKeys;
  readonly identities: Identities;
}

/** Whoever proves a mailbox owns the account that was registered with it. */
export class Mailboxes {
  readonly #others: Others;

  constructor(others: Others) {
    this.#others = others;
  }

  /**
   * The owner of the mailbox, who may not be the one who signed up: what was set before the proof is
   * gone, so that nobody waits inside an account with a password of theirs (pre-hijacking). Nothing
   * happens to an address that was proven before.
   */
  async claim(tx: Transaction, user: User): Promise<void> {
    if (user.emailVerifiedAt) return;
    await this.clear(tx, user.id, 'mailbox_proven');
    await this.markProven(tx, user);
  }

  /** Somebody else may have had the account: whatever lets anybody into it is gone. */
  async clear(tx: Transaction, userId: string, reason: string): Promise<void> {
    const { sessions, devices, passwords, tokens, factors, apiKeys, identities } = this.#others;
    await passwords.remove(tx, userId);
    await factors.removeAll(tx, userId);
    await apiKeys.revokeAll(tx, { userId });
    await identities.removeAll(tx, userId);
    await sessions.endAllOf(tx, userId, { reason });
    await devices.forget(tx, userId);
    await tokens.withdraw(tx, userId);
  }

  /** The same person, signed in: the address is theirs, and everything stays. */
  async markProven(tx: Transaction, { id, emailVerifiedAt }: User): Promise<void> {
    if (emailVerifiedAt) return;
    await User.query(tx).findById(id).change({ emailVerifiedAt: tx.now }, tx.now);
    await tx.publish({ name: 'account.email_verified', data: { userId: id } });
  }
}
