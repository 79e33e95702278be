import type { Transaction } from '../../platform/change.ts';
import type { Mail, Recipient } from '../../platform/mail/mail.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { passwordLinkMail, passwordResetMail } from './mails.ts';

export const linkPurpose = 'reset-password';

interface Owner extends Recipient {
  readonly id: string;
}

/** Links by which the owner of an account sets a password: asked for, or sent by an administrator. */
export class PasswordLinks {
  readonly #platform: Pick<Platform, 'config' | 'links'> & { readonly mail: Mail };
  readonly #tokens: OneTimeTokens;

  constructor(platform: Platform, tokens: OneTimeTokens) {
    this.#platform = platform;
    this.#tokens = tokens;
  }

  /** For somebody who asked for it just now. */
  async reset(tx: Transaction, owner: Owner): Promise<void> {
    const { passwordResetSeconds } = this.#platform.config.accounts;
    await this.#write(tx, owner, passwordResetMail, passwordResetSeconds);
  }

  /** For somebody who did not ask just now: the link lives as long as one that verifies. */
  async send(tx: Transaction, owner: Owner): Promise<void> {
    const { verificationSeconds } = this.#platform.config.accounts;
    await this.#write(tx, owner, passwordLinkMail, verificationSeconds);
  }

  async #write(
    tx: Transaction,
    owner: Owner,
    kind: typeof passwordResetMail,
    lifeSeconds: number,
  ): Promise<void> {
    const { mail, links } = this.#platform;
    // An address that changes meanwhile proves nothing of the account.
    const about = { purpose: linkPurpose, userId: owner.id, subject: owner.email } as const;
    const token = await this.#tokens.issue(tx, { ...about, lifeSeconds });
    await mail.write(tx, kind, owner, { url: links.to('reset-password', token), lifeSeconds });
  }
}
