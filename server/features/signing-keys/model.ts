import { createPublicKey, type KeyObject, randomUUIDv7 } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { secondsAfter } from '../../platform/clock.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { UnitOfWork } from '../../platform/db/transaction.ts';
import type { SecretKeys } from '../../platform/secrets/secret-keys.ts';

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
  readonly publicKey: KeyObject;
  readonly privateKey: CryptoKey;
  readonly signsFrom: Date;
  /** From then on it verifies nothing; null for the newest. */
  readonly retiredAt: Date | null;
}

/** Makes the first key of an installation and answers its id; a second caller finds it made. */
export async function ensureSigningKey(
  tx: UnitOfWork,
  secretKeys: SecretKeys,
): Promise<string | undefined> {
  await lock(tx);
  if (await SigningKeyRow.query(tx).whereNull('retiredAt').first()) return undefined;
  return insertKey(tx, secretKeys, { publishedAt: tx.now, signsFrom: tx.now });
}

export interface Rotation {
  /** How long the new key is published before it signs: others cache the key set. */
  readonly publishSeconds: number;
  /** The longest life of a token, skew included: so long the old key still verifies. */
  readonly tokenLifeSeconds: number;
}

export interface Rotated {
  readonly kid: string;
  readonly signsFrom: Date;
  /** Until then the older keys verify. */
  readonly oldRetireAt: Date;
}

/** Publish, then sign, then retire: one insert decides all three instants. Answers the new id. */
export async function rotateSigningKey(
  tx: UnitOfWork,
  secretKeys: SecretKeys,
  { publishSeconds, tokenLifeSeconds }: Rotation,
): Promise<Rotated> {
  await lock(tx);
  const signsFrom = secondsAfter(tx.now, publishSeconds);
  const oldRetireAt = secondsAfter(signsFrom, tokenLifeSeconds);
  await SigningKeyRow.query(tx).patch({ retiredAt: oldRetireAt }).whereNull('retiredAt');
  const kid = await insertKey(tx, secretKeys, { publishedAt: tx.now, signsFrom });
  return { kid, signsFrom, oldRetireAt };
}

/** A rotation, unless the newest key is younger than that. */
export async function rotateOldSigningKey(
  tx: UnitOfWork,
  secretKeys: SecretKeys,
  { publishedBefore, ...rotation }: Rotation & { readonly publishedBefore: Date },
): Promise<Rotated | undefined> {
  await lock(tx);
  const newest = await SigningKeyRow.query(tx).whereNull('retiredAt').first();
  if (!newest || newest.publishedAt > publishedBefore) return undefined;
  return rotateSigningKey(tx, secretKeys, rotation);
}

export interface Revoked {
  /** The key that signs from now on, where the revoked one did or would have. */
  readonly madeKid: string | undefined;
}

/**
 * Ends a key at once. Where it was the newest one, another is made that signs without having been
 * published before: whoever caches the key set refuses its tokens until they read it again.
 * Undefined where there is no such key, or it verifies nothing any more.
 */
export async function revokeSigningKey(
  tx: UnitOfWork,
  secretKeys: SecretKeys,
  kid: string,
): Promise<Revoked | undefined> {
  await lock(tx);
  const ended = await SigningKeyRow.query(tx)
    .findById(kid)
    .where((either) => {
      either.whereNull('retiredAt').orWhere('retiredAt', '>', tx.now);
    })
    .patch({ retiredAt: tx.now });
  if (ended === 0) return undefined;
  const newest = await SigningKeyRow.query(tx).whereNull('retiredAt').first();
  if (!newest) {
    const signsFrom = tx.now;
    return { madeKid: await insertKey(tx, secretKeys, { publishedAt: tx.now, signsFrom }) };
  }
  // It may have been the one that signs while the newest waits for its time.
  const others = SigningKeyRow.query(tx).where('signsFrom', '<=', tx.now);
  const signing = await others.where('retiredAt', '>', tx.now).first();
  if (newest.signsFrom > tx.now && !signing) {
    await SigningKeyRow.query(tx).findById(newest.id).patch({ signsFrom: tx.now });
  }
  return { madeKid: undefined };
}

/** Two rotations at once take turns; readers do not wait. */
async function lock(tx: UnitOfWork): Promise<void> {
  await tx.raw('lock table signing_keys in share row exclusive mode');
}

async function insertKey(
  tx: UnitOfWork,
  secretKeys: SecretKeys,
  instants: { publishedAt: Date; signsFrom: Date },
): Promise<string> {
  const id = randomUUIDv7();
  const pair = await generateKeyPair('ES256', { extractable: true });
  await SigningKeyRow.query(tx).insert({
    id,
    publicJwk: { ...(await exportJWK(pair.publicKey)), kid: id, use: 'sig', alg: 'ES256' },
    privateJwkSealed: secretKeys.seal(
      JSON.stringify(await exportJWK(pair.privateKey)),
      aboutKey(id),
    ),
    ...instants,
  });
  return id;
}

/**
 * The keys that are not retired, ready for use: the one that nothing retires yet stands last. (By
 * `signs_from`, one that waits long would go on signing after a key that was published later; by
 * `published_at`, two rotations at once whose clocks differ could leave the retiring one last.)
 * @throws {SealedByOtherKey} when the secret that sealed one is no longer in the ring.
 */
export async function readSigningKeys(
  db: Database,
  secretKeys: SecretKeys,
  now: Date,
): Promise<SigningKey[]> {
  // A retired key stays sealed: the secret that sealed it may be gone, and nobody needs it.
  const rows = await SigningKeyRow.query(db)
    .where((either) => {
      either.whereNull('retiredAt').orWhere('retiredAt', '>', now);
    })
    .orderByRaw('retired_at nulls last, published_at, signs_from');
  return Promise.all(rows.map((row) => unseal(row, secretKeys)));
}

async function unseal(row: SigningKeyRow, secretKeys: SecretKeys): Promise<SigningKey> {
  const privateJwk = JSON.parse(secretKeys.open(row.privateJwkSealed, aboutKey(row.id)));
  return {
    kid: row.id,
    publicJwk: row.publicJwk,
    publicKey: createPublicKey({ key: { ...row.publicJwk }, format: 'jwk' }),
    privateKey: (await importJWK(privateJwk, 'ES256')) as CryptoKey,
    signsFrom: row.signsFrom,
    retiredAt: row.retiredAt,
  };
}

/** What the private keys are bound to where they are sealed. */
export function aboutKey(id: string): string {
  return `signing_keys:${id}`;
}

/** Ends one key, by its id: nothing that it signed is good from then on. */
export const signingKeyRevoked = 'signing_key';

/** Revokes what is remembered of the signing keys. Stored as older releases read it. */
export const signingKeysChanged = 'keys';
