import type { PasswordChange } from '../../../contract/me.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { isRecent } from '../../platform/auth/guard.ts';
import { exhausted } from '../../platform/exact.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import type { Device } from '../sessions/service.ts';
import { foundFor } from '../users/found.ts';
import { User } from '../users/model.ts';
import type { Who } from './attempts.ts';
import type { AuthContext } from './context.ts';

/** Takes the current password or a fresh sign-in; ends every other session of the account. */
export async function changePassword(
  context: AuthContext,
  actor: Actor,
  { currentPassword, newPassword, ...rest }: PasswordChange,
  device: Device,
): Promise<void> {
  exhausted(rest);
  const { db, clock, change, passwords, sessions, tokens } = context;
  const session = await sessions.service.getCurrent(actor);
  const user = foundFor(actor, actor.id, await User.query(db).findById(actor.id));
  if (currentPassword !== undefined)
    await assertCurrent(
      context,
      actor,
      user,
      { password: currentPassword, path: 'currentPassword' },
      device,
    );
  else if (!isRecent(actor, clock.now())) throw problem('reauthentication_required');
  const passwordHash = await passwords.prepare(newPassword, user, 'newPassword');
  await change(actor, async (tx) => {
    const row = await User.query(tx).findById(actor.id).forUpdate();
    // Another change was faster: what was proven was proven of an older password.
    if (foundFor(actor, actor.id, row).passwordHash !== user.passwordHash) {
      throw problem('reauthentication_required');
    }
    await passwords.set(tx, user.id, passwordHash);
    const reason = 'password_changed';
    await sessions.service.endAllOf(tx, user.id, { reason, except: session.id });
    await tokens.withdraw(tx, user.id);
    await tx.audit({ target: { type: 'user', id: user.id }, changed: ['password'] });
  });
}

/** Whoever holds a stolen session must not find the password out: guesses count as sign-ins. */
export async function assertCurrent(
  context: AuthContext,
  actor: Actor,
  user: User,
  { password, path }: { password: string; path: string },
  { address }: Device,
): Promise<void> {
  const who = { identifier: user.email, userId: user.id, address };
  const isRight = await context.turns.take(who, () => isCurrent(context, who, user, password));
  if (isRight) return;
  const target = { type: 'user' as const, id: user.id };
  await context.audit.recordDenied(actor, { target, reason: 'wrong_password' });
  throw invalidInput({
    in: 'body',
    path,
    code: 'wrong_password',
    message: 'This is not the current password',
  });
}

async function isCurrent(
  { change, attempts, passwords }: AuthContext,
  who: Who,
  { passwordHash }: User,
  password: string,
): Promise<boolean> {
  const attempt = await attempts.begin(who);
  return attempts.sparing(attempt, async () => {
    const isRight = await passwords.verify(attempt.isBlocked ? null : passwordHash, password);
    if (isRight) await change(undefined, (tx) => attempts.succeed(tx, attempt));
    return isRight;
  });
}
