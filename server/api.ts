import type { Contract } from '../contract/index.ts';
import { auditHandlers } from './features/audit/handlers.ts';
import type { Audit } from './features/audit/service.ts';
import { authHandlers } from './features/auth/handlers.ts';
import type { AuthParts } from './features/auth/parts.ts';
import { healthHandlers } from './features/health/handlers.ts';
import type { Health } from './features/health/service.ts';
import { meHandlers } from './features/me/handlers.ts';
import { permissionsHandlers } from './features/permissions/handlers.ts';
import { rolesHandlers } from './features/roles/handlers.ts';
import type { Roles } from './features/roles/service.ts';
import { sessionsHandlers } from './features/sessions/handlers.ts';
import type { OwnSessions } from './features/sessions/service.ts';
import { keysHandlers } from './features/signing-keys/handlers.ts';
import type { KeyRing } from './features/signing-keys/key-ring.ts';
import { usersHandlers } from './features/users/handlers.ts';
import type { UserLifecycle } from './features/users/lifecycle.ts';
import type { Membership } from './features/users/membership.ts';
import type { Users } from './features/users/service.ts';
import { userStatistics } from './features/users/statistics.ts';
import type { Handlers } from './operations/handlers.ts';
import type { Actor } from './platform/auth/actor.ts';

export interface ApiParts {
  readonly auth: AuthParts;
  readonly users: Users;
  readonly lifecycle: UserLifecycle;
  readonly membership: Membership;
  readonly roles: Roles;
  readonly ownSessions: OwnSessions;
  readonly audit: Audit;
  readonly health: Health;
  readonly ring: KeyRing;
}

/** Contract key → handlers. A feature that is missing here does not compile. */
export function apiHandlers(parts: ApiParts) {
  const { auth, users, lifecycle, membership, roles, ownSessions, audit, health, ring } = parts;
  const statistics = (actor: Actor) => userStatistics(auth, actor);
  return {
    auth: authHandlers(auth, users),
    me: meHandlers(users, auth),
    sessions: sessionsHandlers(ownSessions),
    users: usersHandlers(users, lifecycle, membership, statistics),
    roles: rolesHandlers(roles),
    permissions: permissionsHandlers(),
    audit: auditHandlers(audit),
    health: healthHandlers(health),
    keys: keysHandlers(ring),
  } satisfies { [Noun in keyof Contract]: Handlers<Contract[Noun]> };
}
