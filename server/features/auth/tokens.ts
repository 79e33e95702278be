import type { Session } from '../sessions/model.ts';
import { refreshTokenOf } from '../sessions/refresh-tokens.ts';
import type { AuthContext } from './context.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** The pair of a token session as it stands: a new access token, the current refresh token. */
export async function tokensOf(
  { sessions: { accessTokens }, secretKeys }: Pick<AuthContext, 'sessions' | 'secretKeys'>,
  session: Session,
  roles: readonly string[],
): Promise<Tokens> {
  const { id: sessionId, refreshGeneration: generation, impersonatorId } = session;
  const acting = impersonatorId ? { id: impersonatorId, until: session.expiresAt } : undefined;
  return {
    accessToken: await accessTokens.sign({
      userId: session.userId,
      sessionId,
      authenticatedAt: session.authenticatedAt,
      methods: session.methods,
      roles,
      acting,
    }),
    refreshToken: refreshTokenOf({ sessionId, generation }, secretKeys),
    expiresInSeconds: accessTokens.lifetimeSeconds,
  };
}
