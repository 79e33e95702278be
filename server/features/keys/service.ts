import type { Actor } from '../../platform/auth/actor.ts';
import { type Rotated, rotateSigningKey } from '../../platform/auth/signing-keys.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
import type { SecretKeys } from '../../platform/secrets/secret-keys.ts';
import type { Audit } from '../audit/service.ts';

interface KeysParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly secretKeys: SecretKeys;
  readonly revocations: Revocations;
  readonly audit: Audit;
  /** The longest life of an access token, skew included. */
  readonly tokenLifeSeconds: number;
}

export class Keys {
  readonly #parts: KeysParts;

  constructor(parts: KeysParts) {
    this.#parts = parts;
  }

  /** Publishes a new key; every process learns it from the announcement. */
  rotate(actor: Actor, publishSeconds: number): Promise<Rotated> {
    const { db, clock, secretKeys, revocations, audit, tokenLifeSeconds } = this.#parts;
    return inTransaction(db, async (trx) => {
      const lives = { publishSeconds, tokenLifeSeconds };
      const rotated = await rotateSigningKey(trx, secretKeys, clock.now(), lives);
      await revocations.record(trx, { kind: 'keys', subject: rotated.kid });
      await audit.record(trx, actor, { target: { type: 'key', id: rotated.kid } });
      return rotated;
    });
  }
}
