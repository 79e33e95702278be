import * as z from 'zod';
import type { Registration } from '../../../contract/auth.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import { job, type Work, works } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Passwords } from '../passwords/service.ts';
import { User } from '../users/model.ts';
import { knownAddressMail, verifyEmailMail } from './mails.ts';

/** A mailbox hears of sign-ups once in so long. */
const quietSeconds = 60;

const answerName = 'verification.answer-sign-up';
const answer = job(answerName, z.object({ sealed: z.string() }), {
  aboutSealed: () => answerName,
});

/** A sign-up whose address nobody has proven yet. */
export interface SignUp {
  readonly email: string;
  readonly username: string;
  readonly fullName: string | null;
}

interface Others {
  readonly passwords: Passwords;
  readonly tokens: OneTimeTokens;
}

/**
 * A private sign-up is no account before its address is proven: it is written down, and nothing is
 * asked about accounts. So nothing can tell which addresses have one, neither this answer nor its
 * time, nor a sign-in, a list of accounts or a username that would be taken. A later sign-up for
 * the address replaces the earlier one. Only the owner of the mailbox learns the truth, by mail.
 */
export class SignUps {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  async keep(registration: Registration): Promise<void> {
    const { change, secretKeys } = this.#platform;
    const { email, username, fullName = null, password, ...rest } = registration;
    exhausted(rest);
    const passwordHash = await this.#others.passwords.prepare(password, registration);
    await change(systemActor('sign-up'), async (tx) => {
      const row = { email, username, fullName, passwordHash, createdAt: tx.now };
      await tx('sign_ups').insert(row).onConflict('email').merge();
      await tx.enqueue(answer, { sealed: secretKeys.seal(email, answerName) });
      await tx.audit({ changed: Object.keys(registration) });
    });
  }

  /** Without its password: whoever proves the address says which one it shall be. */
  async find(email: string): Promise<SignUp | undefined> {
    return this.#platform
      .db('sign_ups')
      .where({ email })
      .first<SignUp | undefined>('email', 'username', 'full_name as fullName');
  }

  /** Takes a sign-up out, to become an account; false when it is gone. */
  async take(tx: Transaction, email: string): Promise<boolean> {
    return (await tx('sign_ups').where({ email }).delete()) === 1;
  }

  work(): Work {
    return works(answer, async ({ data: { sealed } }) => {
      const { change, secretKeys } = this.#platform;
      const email = secretKeys.open(sealed, answerName);
      await change(systemActor('sign-up'), (tx) => this.#tell(tx, email));
    });
  }

  async #tell(tx: Transaction, email: string): Promise<void> {
    const { mail, links, config } = this.#platform;
    const { tokens } = this.#others;
    const purpose = 'verify-email';
    if (await tokens.wasIssuedWithin(tx, { purpose, subject: email }, quietSeconds)) return;
    const lifeSeconds = config.accounts.verificationSeconds;
    const token = await tokens.issue(tx, { purpose, subject: email, lifeSeconds });
    const isKnown = await User.query(tx).existsOther(undefined, { email });
    if (isKnown) return mail.write(tx, knownAddressMail, { email }, {});
    const url = links.to('verify-email', token);
    await mail.write(tx, verifyEmailMail, { email }, { url, lifeSeconds });
  }
}
