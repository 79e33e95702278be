import { systemActor } from '../../platform/auth/actor.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { AuthParts } from './parts.ts';
import type { Registration } from './register.ts';

const keptSeconds = 7 * daySeconds;

/**
 * A private sign-up is no account before its address is proven: it is written down, and nothing is
 * asked about accounts. So nothing can tell which addresses have one, neither this answer nor its
 * time, nor a sign-in, a list of accounts or a username that would be taken. A later sign-up for
 * the address replaces the earlier one.
 */
export async function keepSignUp(parts: AuthParts, registration: Registration): Promise<void> {
  const { db, clock, passwords, audit } = parts;
  const { email, username, fullName = null, password } = registration;
  const passwordHash = await passwords.hash(password);
  await inTransaction(db, async (trx) => {
    const row = { email, username, fullName, passwordHash, createdAt: clock.now() };
    await trx('sign_ups').insert(row).onConflict('email').merge();
    await dropOld(trx, secondsAfter(clock.now(), -keptSeconds));
    await audit.record(trx, systemActor('sign-up'), { changed: Object.keys(registration) });
  });
}

/** Leaves what others have locked: they are at the same work, and must not wait for each other. */
async function dropOld(trx: Database, before: Date): Promise<void> {
  const old = trx('sign_ups').where('created_at', '<', before).select('email');
  await trx('sign_ups').whereIn('email', old.forUpdate().skipLocked()).delete();
}
