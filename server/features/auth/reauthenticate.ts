import type { Reauthentication } from '../../../contract/auth.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { hasFactor } from '../second-factors/model.ts';
import { wrongCode } from '../second-factors/totp.ts';
import type { Device } from '../sessions/service.ts';
import { foundFor } from '../users/found.ts';
import { User, withRoleNames } from '../users/model.ts';
import { assertCurrent } from './change-password.ts';
import type { AuthContext } from './context.ts';
import { deliver, type SignedIn } from './sign-in.ts';
import { tryFactor } from './try-factor.ts';

/**
 * Makes the sign-in of a session a recent one. An account with a second factor proves that: whoever
 * has a stolen session may well know the password (ASVS 6.3.4, 7.5.3). Wrong ones count as in a
 * sign-in, and the session goes on with a new secret (ASVS 7.2.4).
 */
export async function reauthenticate(
  context: AuthContext,
  actor: Actor,
  { password, ...given }: Reauthentication,
  device: Device,
): Promise<SignedIn> {
  const session = await context.sessions.service.getCurrent(actor);
  const own = { userId: actor.id, sessionId: session.id };
  return password === undefined
    ? byFactor(context, actor, own, given)
    : byPassword(context, actor, own, { password, device });
}

interface Own {
  readonly userId: string;
  readonly sessionId: string;
}

async function byPassword(
  context: AuthContext,
  actor: Actor,
  { userId, sessionId }: Own,
  { password, device }: { password: string; device: Device },
): Promise<SignedIn> {
  const { db, change, sessions, secondFactors } = context;
  const user = foundFor(actor, userId, await User.query(db).findById(userId));
  if (hasFactor(await secondFactors.heldBy(db, userId))) throw onlyPassword();
  await assertCurrent(context, actor, user, { password, path: 'password' }, device);
  const renewed = await change(actor, async (tx) => {
    const row = await User.query(tx).modify(withRoleNames).findById(userId).forUpdate();
    const account = foundFor(actor, userId, row);
    // Another change was faster: what was proven was proven of an older password, or is too little by now.
    if (account.passwordHash !== user.passwordHash) throw problem('reauthentication_required');
    if (hasFactor(await secondFactors.heldBy(tx, userId))) throw onlyPassword();
    const begun = await sessions.service.renew(tx, sessionId, ['pwd']);
    await tx.audit({ target: { type: 'session', id: sessionId } });
    return { begun, account };
  });
  return deliver(context, renewed.account, renewed.begun);
}

async function byFactor(
  context: AuthContext,
  actor: Actor,
  { userId, sessionId }: Own,
  given: Omit<Reauthentication, 'password'>,
): Promise<SignedIn> {
  const { result } = await tryFactor(
    context,
    { userId, given, actor },
    async (tx, row, methods) => {
      const account = foundFor(actor, userId, row);
      const begun = await context.sessions.service.renew(tx, sessionId, methods);
      await tx.audit({ target: { type: 'session', id: sessionId } });
      return { begun, account };
    },
  );
  if (result) return deliver(context, result.account, result.begun);
  const target = { type: 'user' as const, id: userId };
  await context.audit.recordDenied(actor, { target, reason: 'wrong_factor' });
  throw wrongFactor(given);
}

function wrongFactor({ totp, passkey }: Omit<Reauthentication, 'password'>) {
  if (passkey === undefined) return wrongCode(totp === undefined ? 'recoveryCode' : 'totp');
  return invalidInput({
    in: 'body',
    path: 'passkey',
    code: 'wrong_passkey',
    message: 'This is no answer of a passkey of the account',
  });
}

function onlyPassword() {
  return problem('second_factor_required', {
    detail: 'This account has a second factor: prove that instead of the password.',
  });
}
