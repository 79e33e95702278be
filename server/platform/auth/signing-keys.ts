import { randomUUIDv7 } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Clock } from '../clock.ts';
import { AppModel } from '../db/app-model.ts';
import type { Database } from '../db/connect.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';

class SigningKeyRow extends AppModel {
  static override tableName = 'signing_keys';
  declare publicJwk: JWK;
  declare privateJwkSealed: string;
  declare publishedAt: Date;
  declare signsFrom: Date;
  declare retiredAt: Date | null;
}

export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  readonly signsFrom: Date;
}

/** Makes the first key of an installation; a second caller finds it made. */
export async function ensureSigningKey(
  db: Database,
  secretKeys: SecretKeys,
  clock: Clock,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    await trx.raw('lock table signing_keys in share row exclusive mode');
    if (await SigningKeyRow.query(trx).whereNull('retiredAt').first()) return false;
    const id = randomUUIDv7();
    const pair = await generateKeyPair('ES256', { extractable: true });
    const now = clock.now();
    await SigningKeyRow.query(trx).insert({
      id,
      publicJwk: { ...(await exportJWK(pair.publicKey)), kid: id, use: 'sig', alg: 'ES256' },
      privateJwkSealed: secretKeys.seal(
        JSON.stringify(await exportJWK(pair.privateKey)),
        `signing_keys:${id}`,
      ),
      publishedAt: now,
      signsFrom: now,
    });
    return true;
  });
}

/** The keys in memory, by id. An unknown id never causes a fetch: it is refused. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, SigningKey>;
  readonly #clock: Clock;

  private constructor(keys: readonly SigningKey[], clock: Clock) {
    this.#keys = new Map(keys.map((key) => [key.kid, key]));
    this.#clock = clock;
  }

  static async load(db: Database, secretKeys: SecretKeys, clock: Clock): Promise<KeyRing> {
    const rows = await SigningKeyRow.query(db).whereNull('retiredAt').orderBy('signsFrom');
    return new KeyRing(await Promise.all(rows.map((row) => unseal(row, secretKeys))), clock);
  }

  find(kid: string): SigningKey | undefined {
    return this.#keys.get(kid);
  }

  /** The newest key whose time to sign has come. */
  getSigning(): SigningKey {
    const now = this.#clock.now();
    const key = [...this.#keys.values()].findLast(({ signsFrom }) => signsFrom <= now);
    if (!key) throw new Error('There is no signing key; run `npm run charter -- seed`');
    return key;
  }

  publicKeys(): JWK[] {
    return [...this.#keys.values()].map(({ publicJwk }) => publicJwk);
  }
}

async function unseal(row: SigningKeyRow, secretKeys: SecretKeys): Promise<SigningKey> {
  const privateJwk = JSON.parse(secretKeys.open(row.privateJwkSealed, `signing_keys:${row.id}`));
  return {
    kid: row.id,
    publicJwk: row.publicJwk,
    publicKey: (await importJWK(row.publicJwk, 'ES256')) as CryptoKey,
    privateKey: (await importJWK(privateJwk, 'ES256')) as CryptoKey,
    signsFrom: row.signsFrom,
  };
}
