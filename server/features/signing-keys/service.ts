import type { Actor } from '../../platform/auth/actor.ts';
import type { Platform } from '../../platform/platform.ts';
import { ensureSigningKey, type Rotated, rotateSigningKey, signingKeysChanged } from './model.ts';

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
      await tx.revoke({ kind: signingKeysChanged, subject: rotated.kid });
      await tx.audit({ target: { type: 'signing_key', id: rotated.kid } });
      return rotated;
    });
  }
}
