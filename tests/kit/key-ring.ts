import { KeyRing } from '../../server/features/signing-keys/key-ring.ts';
import type { SigningKey } from '../../server/features/signing-keys/model.ts';
import type { Clock } from '../../server/platform/clock.ts';

/** A ring that has been read once, as after the start. */
export async function loadedRing(
  read: () => Promise<SigningKey[]>,
  clock: Clock,
): Promise<KeyRing> {
  const ring = new KeyRing(read, clock);
  await ring.reload();
  return ring;
}
