import type { Platform } from '../../platform/platform.ts';
import { signingKeysHandlers } from './handlers.ts';
import { KeyRing } from './key-ring.ts';
import { readSigningKeys, signingKeysChanged } from './model.ts';
import { SigningKeys } from './service.ts';

export type SigningKeysFeature = ReturnType<typeof signingKeysFeature>;

export function signingKeysFeature(platform: Platform) {
  const { db, secretKeys, clock, revocations, log } = platform;
  const ring = new KeyRing(() => readSigningKeys(db, secretKeys, clock.now()), clock);
  return {
    handlers: signingKeysHandlers(ring),
    start: async () => {
      revocations.onRevoked(({ kind }) => {
        if (kind !== signingKeysChanged) return;
        ring.reload().catch((err: unknown) => {
          log.warn({ err }, 'the signing keys could not be read yet');
        });
      });
      await ring.reload();
    },
    service: new SigningKeys(platform),
    ring,
  };
}
