import type { Contract } from '../contract/index.ts';
import { authHandlers } from './features/auth/handlers.ts';
import type { AuthParts } from './features/auth/parts.ts';
import { healthHandlers } from './features/health/handlers.ts';
import type { Health } from './features/health/service.ts';
import { keysHandlers } from './features/keys/handlers.ts';
import { meHandlers } from './features/me/handlers.ts';
import { usersHandlers } from './features/users/handlers.ts';
import type { Users } from './features/users/service.ts';
import type { KeyRing } from './platform/auth/key-ring.ts';
import type { Handlers } from './platform/http/handlers.ts';

export interface ApiParts {
  readonly auth: AuthParts;
  readonly users: Users;
  readonly health: Health;
  readonly ring: KeyRing;
}

/** Contract key → handlers. A feature that is missing here does not compile. */
export function apiHandlers({ auth, users, health, ring }: ApiParts) {
  return {
    auth: authHandlers(auth, users),
    me: meHandlers(users),
    users: usersHandlers(users),
    health: healthHandlers(health),
    keys: keysHandlers(ring),
  } satisfies { [Noun in keyof Contract]: Handlers<Contract[Noun]> };
}
