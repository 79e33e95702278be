import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  ensureSigningKey,
  type Revoked,
  type Rotated,
  revokeSigningKey,
  rotateOldSigningKey,
  rotateSigningKey,
  signingKeyRevoked,
  signingKeysChanged,
} from './model.ts';

/** Twice the time for which others may keep the key set (`max-age` of the key list). */
export const usualPublishSeconds = 600;

type Parts = Pick<Platform, 'change' | 'secretKeys' | 'config'>;

/** The keys that sign access tokens. */
export class SigningKeys {
  readonly #platform: Parts;

  constructor(platform: Parts) {
    this.#platform = platform;
  }

  /** Makes the first key of an installation; says whether there was none. */
  ensure(actor: Actor): Promise<boolean> {
    const { change, secretKeys } = this.#platform;
    return change(actor, async (tx) => {
      const id = await ensureSigningKey(tx, secretKeys);
      if (id) await tx.audit({ target: { type: 'signing_key', id } });
      return id !== undefined;
    });
  }

  /** Publishes a new key; every process learns it from the announcement. */
  rotate(actor: Actor, publishSeconds: number): Promise<Rotated> {
    const { change, secretKeys, config } = this.#platform;
    const { tokenLifeSeconds } = config.sessions;
    return change(actor, async (tx) => {
      const rotated = await rotateSigningKey(tx, secretKeys, { publishSeconds, tokenLifeSeconds });
      await this.#announceNew(tx, rotated.kid);
      return rotated;
    });
  }

  /** Rotates when the newest key is older than `SIGNING_KEY_DAYS`; says whether it was. */
  rotateIfOld(actor: Actor): Promise<Rotated | undefined> {
    const { change, secretKeys, config } = this.#platform;
    const { tokenLifeSeconds } = config.sessions;
    return change(actor, async (tx) => {
      const rotated = await rotateOldSigningKey(tx, secretKeys, {
        publishedBefore: secondsAfter(tx.now, -config.secrets.signingKeyDays * daySeconds),
        publishSeconds: usualPublishSeconds,
        tokenLifeSeconds,
      });
      if (rotated) await this.#announceNew(tx, rotated.kid);
      return rotated;
    });
  }

  /** Ends a key that has leaked, on every process; undefined where there is none to end. */
  revoke(actor: Actor, kid: string): Promise<Revoked | undefined> {
    const { change, secretKeys } = this.#platform;
    return change(actor, async (tx) => {
      const revoked = await revokeSigningKey(tx, secretKeys, kid);
      if (!revoked) return undefined;
      const { madeKid } = revoked;
      await tx.revoke({ kind: signingKeyRevoked, subject: kid });
      await tx.publish({ name: 'signing_key.revoked', data: { kid } });
      if (madeKid) await tx.publish(rotatedTo(madeKid));
      await this.#announce(tx, kid);
      return revoked;
    });
  }

  async #announceNew(tx: Transaction, kid: string): Promise<void> {
    await tx.publish(rotatedTo(kid));
    await this.#announce(tx, kid);
  }

  async #announce(tx: Transaction, kid: string): Promise<void> {
    await tx.revoke({ kind: signingKeysChanged, subject: kid });
    await tx.audit({ target: { type: 'signing_key', id: kid } });
  }
}

function rotatedTo(kid: string) {
  return { name: 'signing_key.rotated' as const, data: { kid } };
}
