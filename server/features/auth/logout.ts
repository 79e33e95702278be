import type { Actor } from '../../platform/auth/actor.ts';
import type { AuthContext } from './context.ts';

/** Ends the session of the call; answers the cookie that clears the browser's, if it is in one. */
export async function logout(
  { change, sessions }: AuthContext,
  actor: Actor,
): Promise<string | undefined> {
  const { id, kind, impersonatorSessionId } = await sessions.service.getCurrent(actor);
  await change(actor, async (tx) => {
    // Whoever acts as somebody else is signed out themselves, and the one ends with the other.
    await sessions.service.end(tx, impersonatorSessionId ?? id, 'logout');
    await tx.audit({ target: { type: 'session', id } });
  });
  return kind === 'cookie' ? sessions.cookies.blank() : undefined;
}
