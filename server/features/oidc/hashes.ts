import { createHash, randomBytes } from 'node:crypto';

/** Of 256 random bits: it need not be slow, and there is nothing to guess. */
export function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
