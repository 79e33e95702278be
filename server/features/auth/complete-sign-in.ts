import { problem } from '../../platform/problem-error.ts';
import type { Session, SessionKind } from '../sessions/model.ts';
import type { Device } from '../sessions/service.ts';
import { User } from '../users/model.ts';
import { personOf } from './actors.ts';
import type { AuthContext } from './context.ts';
import type { Proof } from './proof.ts';

export interface Begun {
  readonly session: Session;
  /** For the cookie only. */
  readonly secret: string;
}

/**
 * The one place where a session begins, whatever proved who it is for: the state of the account is
 * decided here. Undefined when the proof holds no more: whoever asked looks again.
 * @throws a problem for an account that may not sign in.
 */
export async function completeSignIn(
  { change, config, sessions }: AuthContext,
  proof: Proof,
  { kind, device }: { kind: SessionKind; device: Device },
): Promise<Begun | undefined> {
  const { user, methods, provesEmail = false } = proof;
  const accounts = {
    requireVerifiedEmail: config.accounts.requireVerifiedEmail && !provesEmail,
  };
  assertAdmitted(user, accounts);
  const [claim, sighting] = await Promise.all([
    proof.prepare(),
    sessions.devices.look(user.id, device),
  ]);
  return change(undefined, async (tx) => {
    // As it is now, and stays until the session has begun: whatever the proof was.
    const account = await User.query(tx).findById(user.id).forUpdate();
    if (!account) return undefined;
    assertAdmitted(account, accounts);
    if (!(await claim(tx))) return undefined;
    const begun = await sessions.service.start(tx, { userId: user.id, kind, methods, device });
    const sessionId = begun.session.id;
    await tx.audit({ target: { type: 'session', id: sessionId } }, personOf(begun.session));
    const isNew = await sessions.devices.note(tx, user.id, device, sighting);
    // The first sign-in of an account is from a new device, and no news.
    if (isNew && account.lastLoginAt) {
      const data = { userId: user.id, sessionId };
      await tx.publish({ name: 'session.started_on_new_device', data });
    }
    return begun;
  });
}

function assertAdmitted(
  { id: about, deactivatedAt, emailVerifiedAt }: User,
  { requireVerifiedEmail }: { requireVerifiedEmail: boolean },
): void {
  if (deactivatedAt) throw problem('account_disabled', { about });
  if (requireVerifiedEmail && !emailVerifiedAt) throw problem('email_unverified', { about });
}
