import { randomBytes } from 'node:crypto';
import type { SealedColumn } from '../../platform/secrets/sealed-values.ts';
import { SealedByOtherKey, type SecretKeys } from '../../platform/secrets/secret-keys.ts';
import { aboutPreviousSecret, aboutSecret, type WebhookEndpoint } from './model.ts';

/** As Standard Webhooks writes them: 24 to 64 bytes, told from other text by how they begin. */
export function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

type Kept = Pick<
  WebhookEndpoint,
  'id' | 'sealedSecret' | 'sealedPreviousSecret' | 'previousSecretUntil'
>;

/** Those that sign at an instant, the newest first; none where they were sealed by a secret that is gone. */
export function signingSecrets(secretKeys: SecretKeys, endpoint: Kept, now: Date): string[] {
  const { id, sealedSecret, sealedPreviousSecret, previousSecretUntil } = endpoint;
  const isOverlap = previousSecretUntil !== null && previousSecretUntil > now;
  try {
    const secret = secretKeys.open(sealedSecret, aboutSecret(id));
    if (sealedPreviousSecret === null || !isOverlap) return [secret];
    return [secret, secretKeys.open(sealedPreviousSecret, aboutPreviousSecret(id))];
  } catch (error) {
    if (error instanceof SealedByOtherKey) return [];
    throw error;
  }
}

/** A secret that takes the place of the one in hand, which goes on for a while where it is known. */
export function successorOf(secretKeys: SecretKeys, endpoint: Kept) {
  const { id } = endpoint;
  const secret = makeSecret();
  const [previous] = signingSecrets(
    secretKeys,
    { ...endpoint, previousSecretUntil: null },
    new Date(0),
  );
  return {
    secret,
    sealedSecret: secretKeys.seal(secret, aboutSecret(id)),
    sealedPreviousSecret:
      previous === undefined ? null : secretKeys.seal(previous, aboutPreviousSecret(id)),
  };
}

export const sealedSecrets: readonly SealedColumn[] = [
  { table: 'webhook_endpoints', column: 'sealedSecret', about: aboutSecret },
  { table: 'webhook_endpoints', column: 'sealedPreviousSecret', about: aboutPreviousSecret },
];
