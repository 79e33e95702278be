import type { Actor } from '../../platform/auth/actor.ts';
import { isRecent } from '../../platform/auth/guard.ts';
import { assertGoodPassword } from '../../platform/auth/password-rules.ts';
import type { Device } from '../../platform/auth/sessions.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { foundFor } from '../users/found.ts';
import { User } from '../users/model.ts';
import type { Who } from './attempts.ts';
import type { AuthParts } from './parts.ts';
import { getSession } from './session.ts';

export interface PasswordChange {
  readonly currentPassword?: string | undefined;
  readonly newPassword: string;
}

/** Takes the current password or a fresh sign-in; ends every other session of the account. */
export async function changePassword(
  parts: AuthParts,
  actor: Actor,
  { currentPassword, newPassword }: PasswordChange,
  device: Device,
): Promise<void> {
  const { db, clock, passwords, sessions, policy, audit } = parts;
  const session = await getSession(parts, actor);
  const user = foundFor(actor, actor.id, await User.query(db).findById(actor.id));
  if (currentPassword !== undefined)
    await assertCurrent(parts, actor, user, currentPassword, device);
  else if (!isRecent(actor, clock.now())) throw problem('reauthentication_required');
  assertGoodPassword(newPassword, user, policy, 'newPassword');
  const passwordHash = await passwords.hash(newPassword);
  await inTransaction(db, async (trx) => {
    const row = await User.query(trx).findById(actor.id).forUpdate();
    // Another change was faster: what was proven was proven of an older password.
    if (foundFor(actor, actor.id, row).passwordHash !== user.passwordHash) {
      throw problem('reauthentication_required');
    }
    await User.query(trx).findById(user.id).change({ passwordHash }, clock.now());
    await sessions.endAllOf(trx, user.id, { reason: 'password_changed', except: session.id });
    await audit.record(trx, actor, {
      target: { type: 'user', id: user.id },
      changed: ['password'],
    });
  });
}

/** Whoever holds a stolen session must not find the password out: guesses count as sign-ins. */
async function assertCurrent(
  parts: AuthParts,
  actor: Actor,
  user: User,
  currentPassword: string,
  { address }: Device,
): Promise<void> {
  const who = { identifier: user.email, userId: user.id, address };
  const isRight = await parts.turns.take(who, () => isCurrent(parts, who, user, currentPassword));
  if (isRight) return;
  const target = { type: 'user' as const, id: user.id };
  await parts.audit.recordDenied(actor, { target, reason: 'wrong_password' });
  throw invalidInput({
    in: 'body',
    path: 'currentPassword',
    code: 'wrong_password',
    message: 'This is not the current password',
  });
}

async function isCurrent(
  { db, attempts, passwords }: AuthParts,
  who: Who,
  { passwordHash }: User,
  password: string,
): Promise<boolean> {
  const attempt = await attempts.begin(who);
  return attempts.sparing(attempt, async () => {
    const isRight = await passwords.verify(attempt.isBlocked ? null : passwordHash, password);
    if (isRight) await attempts.succeed(db, attempt);
    return isRight;
  });
}
