import type { Actor } from '../../platform/auth/actor.ts';
import { Session } from '../../platform/auth/session-model.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { problem } from '../../platform/problem-error.ts';
import { ofLiveAccount } from '../users/model.ts';
import type { AuthParts } from './parts.ts';

const ownSession = statement('auth.ownSession', ({ id }: Args<{ id: string }>) =>
  Session.query().modify(ofLiveAccount).where('sessions.id', id),
);

/** The session behind the actor, whose account may be gone since the guard looked. */
export async function getSession({ db }: AuthParts, actor: Actor): Promise<Session> {
  const session = actor.session && (await ownSession.find(db, { id: actor.session.id }));
  if (!session) throw problem('unauthenticated');
  return session;
}
