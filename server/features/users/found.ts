import type { Actor } from '../../platform/auth/actor.ts';
import { problem } from '../../platform/problem-error.ts';
import type { User } from './model.ts';
import { isOwn } from './policy.ts';

/**
 * The account that was looked up, or why there is none. One's own was there when the guard looked,
 * perhaps in memory: whoever finds it removed or deactivated is nobody any more.
 * @throws a problem `unauthenticated` for one's own account, `not_found` for any other.
 */
export function foundFor(actor: Actor, userId: string, user: User | undefined): User {
  if (isOwn(actor, userId)) {
    if (!user || user.deactivatedAt || user.deletedAt) throw problem('unauthenticated');
  } else if (!user) throw noSuchUser();
  return user;
}

export function noSuchUser() {
  return problem('not_found', { detail: 'There is no such account.' });
}
