import { randomUUIDv7 } from 'node:crypto';
import type { ProviderCode } from '../../../contract/oidc.ts';
import type { Presented } from '../../platform/auth/guard.ts';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { ProvenIdentity } from '../../platform/identity-providers/identity-provider.ts';
import type { Platform } from '../../platform/platform.ts';
import { problem } from '../../platform/problem-error.ts';
import { type Tokens, tokensToKeep } from '../identities/tokens.ts';
import type { Binding } from './binding.ts';
import { newSecret, sha256 } from './hashes.ts';
import { aboutIdentity, type Intent, ProvenLogin, type ProviderSignIn } from './model.ts';

/** For what it was begun for. */
const codeSeconds = minuteSeconds;
/** For a link after all: its person has to sign in before, another way. */
const linkSeconds = 10 * minuteSeconds;

/** What is kept of an identity between the callback and the exchange. */
export type Kept = Pick<ProvenIdentity, 'issuer' | 'subject' | 'isEmailVerified' | 'profile'> & {
  readonly email: string | null;
  /** For signing out there, and from there. */
  readonly idToken?: string;
  readonly sid?: string;
  /** What is kept with the identity; none, unless the provider's configuration says so. */
  readonly tokens?: Tokens;
};

/** An identity that a code stands for. */
export interface Proven {
  readonly row: ProvenLogin;
  readonly identity: Kept;
}

/** Codes that a frontend exchanges once: whom a provider has proven, and who may say so. */
export class ProvenLogins {
  readonly #platform: Platform;
  readonly #binding: Binding;

  constructor(platform: Platform, binding: Binding) {
    this.#platform = platform;
    this.#binding = binding;
  }

  /** The code for it. */
  async keep(tx: Transaction, begun: ProviderSignIn, identity: ProvenIdentity): Promise<string> {
    const code = newSecret();
    const id = randomUUIDv7();
    const { issuer, subject, email = null, isEmailVerified, profile } = identity;
    const { tokens, sid } = identity;
    const { provider, bindingHash, intent, delivery, userId } = begun;
    const kept: Kept = {
      ...{ issuer, subject, email, isEmailVerified, profile },
      ...(tokens.idToken !== undefined && { idToken: tokens.idToken }),
      ...(sid !== undefined && { sid }),
      ...tokensToKeep(this.#platform.identityProviders.find(provider), tokens),
    };
    await ProvenLogin.query(tx).insert({
      id,
      codeHash: sha256(code),
      sealedIdentity: this.#platform.secretKeys.seal(JSON.stringify(kept), aboutIdentity(id)),
      ...{ provider, bindingHash, intent, delivery, userId },
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, linkSeconds),
    });
    return code;
  }

  /**
   * What a code stands for, which uses nothing up.
   * @throws a problem `invalid_link` for one that is unknown, used, expired, or somebody else's.
   */
  async get(use: Intent, { code, binding }: ProviderCode, presented: Presented): Promise<Proven> {
    const { db, clock, secretKeys } = this.#platform;
    const now = clock.now();
    const row = await ProvenLogin.query(db).findOne({ codeHash: sha256(code) });
    if (!row || !isGoodFor(row, use, now)) throw problem('invalid_link');
    if (!this.#binding.isHeldBy(row, binding, presented)) throw problem('invalid_link');
    const identity = JSON.parse(secretKeys.open(row.sealedIdentity, aboutIdentity(row.id))) as Kept;
    return { row, identity };
  }

  /**
   * Uses a code up: one statement, so that of many at once one wins.
   * @throws a problem `invalid_link` where another was faster.
   */
  async consume(tx: Transaction, { row }: Proven): Promise<void> {
    const used = await ProvenLogin.query(tx).deleteById(row.id);
    if (used !== 1) throw problem('invalid_link');
  }
}

/** What was begun as a link never signs in; what was begun as a sign-in may be linked instead. */
function isGoodFor({ intent, createdAt }: ProvenLogin, use: Intent, now: Date): boolean {
  if (use === 'sign_in' && intent === 'link') return false;
  const lifeSeconds = use === intent ? codeSeconds : linkSeconds;
  return secondsAfter(createdAt, lifeSeconds) > now;
}
