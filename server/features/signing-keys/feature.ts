import { systemActor } from '../../platform/auth/actor.ts';
import { onSchedule } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { signingKeysHandlers } from './handlers.ts';
import { rotateSigningKeyJob } from './jobs.ts';
import { KeyRing } from './key-ring.ts';
import { aboutKey, readSigningKeys, signingKeyRevoked, signingKeysChanged } from './model.ts';
import { SigningKeys } from './service.ts';

export type SigningKeysFeature = ReturnType<typeof signingKeysFeature>;

export function signingKeysFeature(platform: Platform) {
  const { db, secretKeys, clock, revocations, log } = platform;
  const ring = new KeyRing(() => readSigningKeys(db, secretKeys, clock.now()), clock);
  const service = new SigningKeys(platform);
  return {
    handlers: signingKeysHandlers(ring),
    start: async () => {
      revocations.onRevoked(({ kind, subject }) => {
        if (kind === signingKeyRevoked && subject !== null) ring.revoke(subject);
        if (kind !== signingKeysChanged) return;
        ring.reload().catch((err: unknown) => {
          log.warn({ err }, 'the signing keys could not be read yet');
        });
      });
      await ring.reload();
    },
    jobs: [
      onSchedule(rotateSigningKeyJob, '23 2 * * *', async () => {
        await service.rotateIfOld(systemActor('SIGNING_KEY_DAYS'));
      }),
    ],
    sealed: [{ table: 'signing_keys', column: 'privateJwkSealed', about: aboutKey }],
    service,
    ring,
  };
}
