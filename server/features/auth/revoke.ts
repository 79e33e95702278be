import { ProblemError } from '../../platform/problem-error.ts';
import type { ProgramToken, VerifiedToken } from '../sessions/access-claims.ts';
import { tokenEnded } from '../sessions/model.ts';
import { readRefreshToken } from '../sessions/refresh-tokens.ts';
import { personOf, programOf } from './actors.ts';
import type { AuthContext } from './context.ts';

/**
 * RFC 7009: whoever holds a token may end its session, and of a program the token itself: its key is
 * not theirs to end. The answer never tells whether there was one.
 */
export async function revoke(context: AuthContext, token: string): Promise<void> {
  const refresh = readRefreshToken(token, context.secretKeys);
  if (refresh) return endSession(context, refresh.sessionId);
  const access = await accessToken(context, token);
  if (!access) return;
  await ('apiKeyId' in access ? endToken(context, access) : endSession(context, access.sessionId));
}

async function endSession({ change, sessions }: AuthContext, sessionId: string): Promise<void> {
  await change(undefined, async (tx) => {
    const session = await sessions.service.findLocked(tx, sessionId);
    if (!session || session.revokedAt) return;
    await sessions.service.end(tx, sessionId, 'revoked');
    await tx.audit({ target: { type: 'session', id: sessionId } }, personOf(session));
  });
}

async function endToken({ change, apiKeys }: AuthContext, token: ProgramToken): Promise<void> {
  const { tokenId } = token;
  if (await apiKeys.revokedTokens.has(token, { exact: true })) return;
  await change(programOf(token), async (tx) => {
    await tx.revoke({ kind: tokenEnded, subject: tokenId });
    await tx.audit({ target: { type: 'access_token', id: tokenId } });
  });
}

async function accessToken(
  { sessions }: AuthContext,
  token: string,
): Promise<VerifiedToken | undefined> {
  try {
    return await sessions.accessTokens.verify(token);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
