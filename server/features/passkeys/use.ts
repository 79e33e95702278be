import type { Assertion, PasskeyRequest } from '../../../contract/passkeys.ts';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import { Passkey } from './model.ts';
import type { RelyingParty } from './relying-party.ts';
import { challengeOf, type Used, verifyUsed } from './webauthn.ts';

const purpose = 'passkey-use';
export const challengeSeconds = 5 * minuteSeconds;

/** A passkey that has answered well. It proves nothing before it is claimed. */
export interface PasskeyProof {
  readonly passkey: Passkey;
  readonly challenge: string;
  readonly used: Used;
}

interface Parts {
  readonly platform: Platform;
  readonly tokens: OneTimeTokens;
  readonly relyingParty: RelyingParty;
}

/** Proving who one is by a passkey, for a sign-in, its second step, or anew. */
export class PasskeyUse {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** For whoever comes: the passkey says who it is. */
  request(): Promise<PasskeyRequest> {
    return this.#parts.platform.change(undefined, async (tx) => {
      await tx.audit({});
      return this.#requestOf(tx, []);
    });
  }

  /** For an account that has passkeys; undefined for any other. */
  async requestFor(tx: Transaction, userId: string): Promise<PasskeyRequest | undefined> {
    const own = await Passkey.query(tx).where({ userId }).orderBy('id');
    return own.length > 0 ? this.#requestOf(tx, own) : undefined;
  }

  /** Undefined for a passkey that nobody has, and for an answer that does not hold. */
  async check(assertion: Assertion): Promise<PasskeyProof | undefined> {
    const { platform, relyingParty } = this.#parts;
    const passkey = await Passkey.query(platform.db).findOne({ credentialId: assertion.id });
    const { clientDataJSON, userHandle } = assertion.response;
    const challenge = challengeOf(clientDataJSON);
    if (!passkey || challenge === undefined) return undefined;
    if (userHandle && userHandle !== userHandleOf(passkey.userId)) return undefined;
    const used = await verifyUsed(assertion, challenge, relyingParty, passkey);
    if (!used || (await this.#wentBack(passkey, used))) return undefined;
    return { passkey, challenge, used };
  }

  /**
   * Uses the challenge up, inside the change in which it proves something, and notes the counter:
   * a conditional statement for each. False when another use of the passkey was faster.
   * @throws a problem `invalid_link` for a challenge that is not ours, was used, or is too old.
   */
  async claim(tx: Transaction, { passkey, challenge, used }: PasskeyProof): Promise<boolean> {
    await this.#parts.tokens.consume(tx, purpose, challenge);
    const { signCount, isBackedUp } = used;
    const noted = await Passkey.query(tx)
      .findById(passkey.id)
      .where((query) => {
        query.where('signCount', '<', signCount).orWhere({ signCount: 0 });
      })
      .patch({ signCount, isBackedUp, lastUsedAt: tx.now });
    return noted === 1;
  }

  async #requestOf(tx: Transaction, allowed: readonly Passkey[]): Promise<PasskeyRequest> {
    const { tokens, relyingParty } = this.#parts;
    const lifeSeconds = challengeSeconds;
    const challenge = await tokens.issue(tx, { purpose, lifeSeconds, isOnlyOne: false });
    return {
      rpId: relyingParty.id,
      challenge,
      timeout: lifeSeconds * 1000,
      userVerification: 'required',
      allowCredentials: allowed.map(described),
    };
  }

  /** A counter that does not go on is that of a copy (WebAuthn, 6.1.1): refused, and written down. */
  async #wentBack({ id, signCount }: Passkey, used: Used): Promise<boolean> {
    const before = Number(signCount);
    if ((before === 0 && used.signCount === 0) || used.signCount > before) return false;
    const target = { type: 'passkey', id };
    await this.#parts.platform.audit.recordDenied(undefined, { target, reason: 'passkey_counter' });
    return true;
  }
}

/** For browsers: which passkeys they may use, or need not make again. */
export function described({ credentialId: id, transports }: Passkey) {
  return { id, type: 'public-key' as const, transports };
}

/** What a passkey remembers of its account: its id, and nothing personal. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url');
}
