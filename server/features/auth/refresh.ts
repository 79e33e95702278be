import type { Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Session } from '../sessions/model.ts';
import { type RefreshClaim, readRefreshToken } from '../sessions/refresh-tokens.ts';
import { findActor, personOf } from './actors.ts';
import type { AuthContext } from './context.ts';
import { type Tokens, tokensOf } from './tokens.ts';

/** Rotates the refresh token; a reused one ends its session. */
export async function refresh(context: AuthContext, refreshToken: string): Promise<Tokens> {
  const claim = readRefreshToken(refreshToken, context.secretKeys);
  if (!claim) throw problem('invalid_refresh_token');
  // Thrown only after the change: a refusal inside would undo the end of the session.
  const session = await context.change(undefined, (tx) => rotate(context, tx, claim));
  const actor = session && (await findActor(context, session));
  if (!session || !actor) throw problem('invalid_refresh_token');
  return tokensOf(context, session, actor.roles);
}

async function rotate(
  { sessions }: AuthContext,
  tx: Transaction,
  claim: RefreshClaim,
): Promise<Session | undefined> {
  const found = await sessions.service.rotate(tx, claim);
  if (!found) return undefined;
  const { session, outcome } = found;
  const target = { type: 'session' as const, id: session.id };
  if (outcome === 'reused') {
    await sessions.service.end(tx, session.id, 'refresh_reuse');
    const reason = 'refresh_reuse';
    await tx.audit({ target, result: 'denied', reason }, personOf(session));
    return undefined;
  }
  if (outcome === 'rotated') await tx.audit({ target }, personOf(session));
  return session;
}
