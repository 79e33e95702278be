import { ProblemError } from '../../platform/problem-error.ts';
import { readRefreshToken } from '../sessions/refresh-tokens.ts';
import { personOf } from './actors.ts';
import type { AuthContext } from './context.ts';

/**
 * RFC 7009: whoever holds a token may end its session. The answer never tells whether there was
 * one.
 */
export async function revoke(context: AuthContext, token: string): Promise<void> {
  const { change, sessions, secretKeys } = context;
  const sessionId =
    readRefreshToken(token, secretKeys)?.sessionId ?? (await sessionOfAccessToken(context, token));
  if (sessionId === undefined) return;
  await change(undefined, async (tx) => {
    const session = await sessions.service.findLocked(tx, sessionId);
    if (!session || session.revokedAt) return;
    await sessions.service.end(tx, sessionId, 'revoked');
    await tx.audit({ target: { type: 'session', id: sessionId } }, personOf(session));
  });
}

async function sessionOfAccessToken({ sessions }: AuthContext, token: string) {
  try {
    return (await sessions.accessTokens.verify(token)).sessionId;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
