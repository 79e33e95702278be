import { inTransaction } from '../../platform/db/transaction.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Session } from '../sessions/model.ts';
import { readRefreshToken } from '../sessions/refresh-tokens.ts';
import { personOf } from './actors.ts';
import type { AuthParts } from './parts.ts';

/**
 * RFC 7009: whoever holds a token may end its session. The answer never tells whether there was
 * one.
 */
export async function revoke(parts: AuthParts, token: string): Promise<void> {
  const sessionId =
    readRefreshToken(token, parts.secretKeys)?.sessionId ??
    (await sessionOfAccessToken(parts, token));
  if (sessionId === undefined) return;
  await inTransaction(parts.db, async (trx) => {
    const session = await Session.query(trx).findById(sessionId).forUpdate();
    if (!session || session.revokedAt) return;
    await parts.sessions.end(trx, sessionId, 'revoked');
    await parts.audit.record(trx, personOf(session), {
      target: { type: 'session', id: sessionId },
    });
  });
}

async function sessionOfAccessToken({ accessTokens }: AuthParts, token: string) {
  try {
    return (await accessTokens.verify(token)).sessionId;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
