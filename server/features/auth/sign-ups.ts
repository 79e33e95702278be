import type { Registration } from '../../../contract/auth.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import { exhausted } from '../../platform/exact.ts';
import type { AuthContext } from './context.ts';

const keptSeconds = 7 * daySeconds;

/**
 * A private sign-up is no account before its address is proven: it is written down, and nothing is
 * asked about accounts. So nothing can tell which addresses have one, neither this answer nor its
 * time, nor a sign-in, a list of accounts or a username that would be taken. A later sign-up for
 * the address replaces the earlier one.
 */
export async function keepSignUp(
  { change, passwords }: AuthContext,
  registration: Registration,
): Promise<void> {
  const { email, username, fullName = null, password, ...rest } = registration;
  exhausted(rest);
  const passwordHash = await passwords.prepare(password, registration);
  await change(systemActor('sign-up'), async (tx) => {
    const row = { email, username, fullName, passwordHash, createdAt: tx.now };
    await tx('sign_ups').insert(row).onConflict('email').merge();
    await dropOld(tx, secondsAfter(tx.now, -keptSeconds));
    await tx.audit({ changed: Object.keys(registration) });
  });
}

/** Leaves what others have locked: they are at the same work, and must not wait for each other. */
async function dropOld(tx: Transaction, before: Date): Promise<void> {
  const old = tx('sign_ups').where('created_at', '<', before).select('email');
  await tx('sign_ups').whereIn('email', old.forUpdate().skipLocked()).delete();
}
