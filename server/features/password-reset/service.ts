import type { PasswordReset as Given } from '../../../contract/password-reset.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { linkPurpose, type PasswordLinks } from '../passwords/links.ts';
import type { Passwords } from '../passwords/service.ts';
import type { Sessions } from '../sessions/service.ts';
import { lockToChange } from '../users/membership.ts';
import { User } from '../users/model.ts';
import type { Mailboxes } from '../verification/mailboxes.ts';

const purpose = linkPurpose;
/** A mailbox gets one such mail in so long. */
const quietSeconds = 60;

interface Others {
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly links: PasswordLinks;
  readonly tokens: OneTimeTokens;
  readonly mailboxes: Mailboxes;
  /** What was guessed before says nothing of a new password. */
  readonly forgetAttempts: (userId: string) => Promise<void>;
}

/** A new password for whoever can read the mail of the account. */
export class PasswordReset {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  /** Writes to an account that the caller has locked. */
  async send(tx: Transaction, user: User): Promise<void> {
    const about = { purpose, userId: user.id } as const;
    if (await this.#others.tokens.wasIssuedWithin(tx, about, quietSeconds)) return;
    await this.#others.links.reset(tx, user);
  }

  /** No administrator chooses or learns a password (OWASP ASVS 5.0, 6.4.6). */
  async sendFor(actor: Actor, userId: string): Promise<User> {
    return this.#platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, userId);
      if (user.deactivatedAt) throw problem('account_inactive');
      await this.#others.links.send(tx, user);
      await tx.audit({ target: { type: 'user', id: userId } });
      return user;
    });
  }

  /** @throws a problem `invalid_link`, also for an account that was deactivated or moved meanwhile. */
  async confirm({ token, newPassword, ...rest }: Given): Promise<void> {
    exhausted(rest);
    const { tokens, passwords, sessions, mailboxes, forgetAttempts } = this.#others;
    const { userId, subject } = await tokens.get(purpose, token);
    const user = await User.query(this.#platform.db).findById(userId ?? '');
    if (!user) throw problem('invalid_link');
    const passwordHash = await passwords.prepare(newPassword, user, 'newPassword');
    await this.#platform.change(undefined, async (tx) => {
      await tokens.consume(tx, purpose, token);
      const row = await User.query(tx).findById(user.id);
      if (!row || row.deactivatedAt || row.email !== subject) throw problem('invalid_link');
      await mailboxes.claim(tx, row);
      await passwords.set(tx, row.id, passwordHash);
      await sessions.endAllOf(tx, row.id, { reason: 'password_reset' });
      await tokens.withdraw(tx, row.id);
      await tx.audit({ target: { type: 'user', id: row.id }, changed: ['password'] });
    });
    await forgetAttempts(user.id);
  }
}
