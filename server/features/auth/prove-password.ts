import { problem } from '../../platform/problem-error.ts';
import type { Device } from '../sessions/service.ts';
import { findByIdentifier, type User } from '../users/model.ts';
import type { Attempt } from './attempts.ts';
import type { AuthContext } from './context.ts';
import { heldBack } from './counted.ts';
import type { Claim, Proof } from './proof.ts';

/** A proof whose guess is counted until it has led to a session. */
export interface PasswordProof extends Proof {
  readonly attempt: Attempt;
}

/**
 * One guess at a password. Unknown account, wrong password, a locked one and an account without a
 * password get the same answer in the same time, one hash; only the right password gets another one.
 * @throws a problem `invalid_credentials`.
 */
export async function provePassword(
  context: AuthContext,
  { identifier, password }: { identifier: string; password: string },
  { address }: Device,
): Promise<PasswordProof> {
  const { db, attempts, passwords } = context;
  const user = await findByIdentifier(db, identifier);
  const about = user?.id;
  const attempt = await attempts.begin({ identifier, userId: about, address });
  const hash = attempt.isBlocked ? null : user?.passwordHash;
  const isRight = await attempts.sparing(attempt, () => passwords.verify(hash, password));
  if (!user || !hash || !isRight) {
    const cause = attempt.isBlocked ? heldBack : undefined;
    throw problem('invalid_credentials', { about, cause });
  }
  const prepare = () => claimOf(context, { user, passwordHash: hash, password, attempt });
  return { user, methods: ['pwd'], attempt, prepare };
}

interface Proven {
  readonly user: User;
  readonly passwordHash: string;
  readonly password: string;
  readonly attempt: Attempt;
}

/** A hash that was made with older parameters is written anew, now that the password is known. */
async function claimOf(
  { attempts, passwords }: AuthContext,
  { user: { id }, passwordHash, password, attempt }: Proven,
): Promise<Claim> {
  const renewed = await passwords.renewed(passwordHash, password);
  return async (tx, account) => {
    if (account.passwordHash !== passwordHash) return false;
    if (renewed) await passwords.setRenewed(tx, id, renewed);
    await attempts.succeed(tx, attempt);
    return true;
  };
}
