import type { Verification as Given } from '../../../contract/verification.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import type { OneTimeToken } from '../one-time-tokens/model.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Passwords } from '../passwords/service.ts';
import { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import type { Mailboxes } from './mailboxes.ts';
import { verifyEmailMail } from './mails.ts';
import type { SignUps } from './sign-ups.ts';

const purpose = 'verify-email';
/** A mailbox gets one such mail in so long. */
const quietSeconds = 60;

interface Others {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly tokens: OneTimeTokens;
  readonly signUps: SignUps;
  readonly mailboxes: Mailboxes;
}

/** Proves that an address is its account's own. */
export class Verification {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  /** Writes to an account whose address nobody has proven; others get nothing. */
  async send(tx: Transaction, user: User): Promise<void> {
    const { mail, links, config } = this.#platform;
    const { tokens } = this.#others;
    if (user.emailVerifiedAt) return;
    const about = { purpose, userId: user.id } as const;
    if (await tokens.wasIssuedWithin(tx, about, quietSeconds)) return;
    const lifeSeconds = config.accounts.verificationSeconds;
    // An address that changes meanwhile is not proven by it.
    const token = await tokens.issue(tx, { ...about, subject: user.email, lifeSeconds });
    const url = links.to('verify-email', token);
    await mail.write(tx, verifyEmailMail, user, { url, lifeSeconds });
  }

  /** @throws a problem `invalid_link`, or `validation_failed` where a password is needed. */
  async confirm(actor: Actor | undefined, given: Given): Promise<void> {
    const issued = await this.#others.tokens.get(purpose, given.token);
    const { userId } = issued;
    if (userId === null) return this.#confirmSignUp(issued, given);
    const user = await User.query(this.#platform.db).findById(userId);
    if (!user || user.email !== issued.subject) throw problem('invalid_link');
    await this.#confirmAccount(actor, user, given);
  }

  async #confirmAccount(
    actor: Actor | undefined,
    user: User,
    { token, password }: Given,
  ): Promise<void> {
    const { tokens, passwords, mailboxes } = this.#others;
    const isOwn = actor?.id === user.id;
    const mustSet = !isOwn && !user.emailVerifiedAt && user.passwordHash !== null;
    if (mustSet && password === undefined) throw passwordNeeded();
    const passwordHash =
      mustSet && password !== undefined ? await passwords.prepare(password, user) : undefined;
    await this.#platform.change(actor, async (tx) => {
      await tokens.consume(tx, purpose, token);
      const row = await User.query(tx).findById(user.id);
      // Moved or gone since the look before the lock.
      if (row?.email !== user.email) throw problem('invalid_link');
      if (isOwn) await mailboxes.markProven(tx, row);
      else await mailboxes.claim(tx, row);
      if (passwordHash) await passwords.set(tx, row.id, passwordHash);
      const changed = ['emailVerifiedAt', ...(passwordHash ? ['password'] : [])];
      await tx.audit({ target: { type: 'user', id: row.id }, changed });
    });
  }

  async #confirmSignUp(
    { subject }: OneTimeToken,
    { token, password, username, ...rest }: Given,
  ): Promise<void> {
    exhausted(rest);
    const { tokens, users, signUps } = this.#others;
    const found = subject === null ? undefined : await signUps.find(subject);
    if (!found) throw problem('invalid_link');
    if (password === undefined) throw passwordNeeded();
    const { email, fullName } = found;
    const account = { email, fullName, username: username ?? found.username, password };
    await users.createProven(account, async (tx) => {
      await tokens.consume(tx, purpose, token);
      if (!(await signUps.take(tx, email))) throw problem('invalid_link');
    });
  }
}

/** Whoever signed up may not be the owner of the mailbox: theirs is not the password (pre-hijacking). */
function passwordNeeded() {
  return invalidInput({
    in: 'body',
    path: 'password',
    code: 'required',
    message: 'Give the password of the sign-up, or a new one',
  });
}
