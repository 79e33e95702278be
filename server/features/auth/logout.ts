import type { Actor } from '../../platform/auth/actor.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { AuthParts } from './parts.ts';
import { getSession } from './session.ts';

/** Ends the session of the request; answers the cookie that clears the browser's, if it is in one. */
export async function logout(parts: AuthParts, actor: Actor): Promise<string | undefined> {
  const { id, kind } = await getSession(parts, actor);
  await inTransaction(parts.db, async (trx) => {
    await parts.sessions.end(trx, id, 'logout');
    await parts.audit.record(trx, actor, { target: { type: 'session', id } });
  });
  return kind === 'cookie' ? parts.sessions.blankCookie() : undefined;
}
