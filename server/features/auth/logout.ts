import type { Actor } from '../../platform/auth/actor.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { AuthParts } from './parts.ts';
import { getSession } from './session.ts';

/** Ends the session of the request; answers the cookie that clears the browser's. */
export async function logout(parts: AuthParts, actor: Actor): Promise<string> {
  const session = await getSession(parts, actor);
  await inTransaction(parts.db, (trx) => parts.sessions.end(trx, session.id, 'logout'));
  return parts.sessions.blankCookie();
}
