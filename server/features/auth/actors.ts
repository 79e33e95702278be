import type { Actor } from '../../platform/auth/actor.ts';
import type { Session } from '../../platform/auth/session-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import { permissionsOf } from '../roles/service.ts';
import { User } from '../users/model.ts';

/**
 * Who a live session acts as; undefined when the account is gone or deactivated. Roles are read
 * anew, so an edit works on the next request.
 */
export async function findActor(db: Database, session: Session): Promise<Actor | undefined> {
  const user = await User.query(db).findById(session.userId).withGraphFetched('roles.grants');
  if (!user || user.deactivatedAt) return undefined;
  const roles = user.roles ?? [];
  return {
    id: user.id,
    roles: roles.map(({ name }) => name).sort(),
    permissions: permissionsOf(roles),
    session: { id: session.id, authenticatedAt: session.authenticatedAt },
  };
}

/** The person behind a session, where there is no actor yet or no more: for the audit. */
export function personOf({ userId, id, authenticatedAt }: Session): Actor {
  return { id: userId, roles: [], permissions: new Set(), session: { id, authenticatedAt } };
}
