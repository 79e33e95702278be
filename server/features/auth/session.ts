import type { Actor } from '../../platform/auth/actor.ts';
import { problem } from '../../platform/problem-error.ts';
import { type Session, sessionById } from '../sessions/model.ts';
import type { AuthParts } from './parts.ts';

/** The session behind the actor. It was live a moment ago; a race may have ended it since. */
export async function getSession({ db }: AuthParts, actor: Actor): Promise<Session> {
  const session = actor.session && (await sessionById.find(db, { id: actor.session.id }));
  if (!session) throw problem('unauthenticated');
  return session;
}
