import type { Transaction } from '../../platform/change.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Passwords } from '../passwords/service.ts';
import type { Sessions } from '../sessions/service.ts';
import { User } from '../users/model.ts';

interface Others {
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly tokens: OneTimeTokens;
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
    const { sessions, passwords, tokens } = this.#others;
    await passwords.remove(tx, user.id);
    await sessions.endAllOf(tx, user.id, { reason: 'mailbox_proven' });
    await tokens.withdraw(tx, user.id);
    await this.markProven(tx, user);
  }

  /** The same person, signed in: the address is theirs, and everything stays. */
  async markProven(tx: Transaction, { id, emailVerifiedAt }: User): Promise<void> {
    if (emailVerifiedAt) return;
    await User.query(tx).findById(id).change({ emailVerifiedAt: tx.now }, tx.now);
    await tx.publish({ name: 'account.email_verified', data: { userId: id } });
  }
}
