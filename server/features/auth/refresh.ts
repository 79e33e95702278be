import { earlier, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import { isLive, Session } from '../sessions/model.ts';
import { type RefreshClaim, readRefreshToken } from '../sessions/refresh-tokens.ts';
import { findActor, personOf } from './actors.ts';
import type { AuthParts, Tokens } from './parts.ts';
import { tokensOf } from './tokens.ts';

/** Racing tabs send the same token within moments; they all get the same successor. */
const graceSeconds = 10;

/**
 * Rotates the refresh token. The previous one is honoured for a moment after the rotation; any
 * older use means that somebody else has it too, and ends the session (RFC 9700, 4.14.2).
 */
export async function refresh(parts: AuthParts, refreshToken: string): Promise<Tokens> {
  const claim = readRefreshToken(refreshToken, parts.secretKeys);
  if (!claim) throw problem('invalid_refresh_token');
  // Thrown only after the transaction: a refusal inside would undo the end of the session.
  const session = await inTransaction(parts.db, (trx) => rotate(parts, trx, claim));
  const actor = session && (await findActor(parts.db, session));
  if (!session || !actor) throw problem('invalid_refresh_token');
  return tokensOf(parts, session, actor.roles);
}

/** Under the row's lock, so that a refresh and a revocation cannot cross. */
async function rotate(
  { clock, sessions, policy, audit }: AuthParts,
  trx: Database,
  { sessionId, generation }: RefreshClaim,
): Promise<Session | undefined> {
  const now = clock.now();
  const session = await Session.query(trx).findById(sessionId).forUpdate();
  if (session?.kind !== 'tokens' || !isLive(session, now)) return undefined;
  const target = { type: 'session' as const, id: session.id };
  if (isRacing(session, generation, now)) return session;
  if (generation !== session.refreshGeneration) {
    await sessions.end(trx, session.id, 'refresh_reuse');
    await audit.record(trx, personOf(session), {
      target,
      result: 'denied',
      reason: 'refresh_reuse',
    });
    return undefined;
  }
  await audit.record(trx, personOf(session), { target });
  return session.$query(trx).patchAndFetch({
    refreshGeneration: generation + 1,
    refreshedAt: now,
    lastSeenAt: now,
    idleExpiresAt: earlier(secondsAfter(now, policy.tokenIdleSeconds), session.expiresAt),
  });
}

function isRacing(session: Session, generation: number, now: Date): boolean {
  return (
    generation === session.refreshGeneration - 1 &&
    session.refreshedAt !== null &&
    secondsAfter(session.refreshedAt, graceSeconds) >= now
  );
}
