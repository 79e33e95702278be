import type { LinkSignIn } from '../../../contract/magic-link.ts';
import type { Transaction } from '../../platform/change.ts';
import { exhausted } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Pending } from '../auth/complete-sign-in.ts';
import { counted } from '../auth/counted.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { SignedIn } from '../auth/sign-in.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { Device } from '../sessions/service.ts';
import { User } from '../users/model.ts';
import type { Mailboxes } from '../verification/mailboxes.ts';
import type { LinkRequests } from '../verification/requests.ts';
import { magicLinkMail } from './mails.ts';

const purpose = 'magic-link';
/** A mailbox gets one such mail in so long. */
const quietSeconds = 60;

interface Others {
  readonly tokens: OneTimeTokens;
  readonly mailboxes: Mailboxes;
  readonly signIn: AuthFeature['signIn'];
}

/** Signing in by a link in a mail. */
export class MagicLink {
  readonly #platform: Platform;
  readonly #others: Others;

  constructor(platform: Platform, others: Others) {
    this.#platform = platform;
    this.#others = others;
  }

  async request(requests: LinkRequests, email: string): Promise<void> {
    this.#assertOn();
    await requests.request(undefined, email);
  }

  /** Writes to an account that the caller has locked. */
  async send(tx: Transaction, user: User): Promise<void> {
    const { mail, links, config } = this.#platform;
    const { tokens } = this.#others;
    const about = { purpose, userId: user.id } as const;
    if (await tokens.wasIssuedWithin(tx, about, quietSeconds)) return;
    const lifeSeconds = config.accounts.magicLinkSeconds;
    const token = await tokens.issue(tx, { ...about, subject: user.email, lifeSeconds });
    await mail.write(tx, magicLinkMail, user, { url: links.to('sign-in', token), lifeSeconds });
  }

  /** @throws a problem `invalid_link`, also where the account has another address by now. */
  async confirm(link: LinkSignIn, device: Device): Promise<SignedIn | Pending> {
    const { signIns } = this.#platform.telemetry;
    return counted(signIns, 'magic_link', () => this.#confirm(link, device));
  }

  async #confirm(
    { token, delivery, ...rest }: LinkSignIn,
    device: Device,
  ): Promise<SignedIn | Pending> {
    exhausted(rest);
    this.#assertOn();
    const { tokens, signIn } = this.#others;
    const { userId, subject } = await tokens.get(purpose, token);
    const user = await User.query(this.#platform.db).findById(userId ?? '');
    if (!user || user.email !== subject) throw problem('invalid_link');
    const claim = async (tx: Transaction) => {
      await this.#claim(tx, token, user);
      return true;
    };
    const proof = { user, methods: ['email'], provesEmail: true, prepare: async () => claim };
    const signedIn = await signIn(proof, { kind: delivery, device });
    if (!signedIn) throw problem('invalid_link');
    return signedIn;
  }

  async #claim(tx: Transaction, token: string, { id, email }: User): Promise<void> {
    const { tokens, mailboxes } = this.#others;
    await tokens.consume(tx, purpose, token);
    const row = await User.query(tx).findById(id);
    if (row?.email !== email) throw problem('invalid_link');
    await mailboxes.claim(tx, row);
  }

  #assertOn(): void {
    if (!this.#platform.config.accounts.hasMagicLink) throw problem('sign_in_method_off');
  }
}
