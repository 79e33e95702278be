import type { Platform } from '../../platform/platform.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { impersonationHandlers } from './handlers.ts';
import { Impersonation } from './service.ts';

interface Others {
  readonly auth: AuthFeature;
  readonly sessions: SessionsFeature;
  readonly users: UsersFeature;
}

/** Acting as another account. What such a session may do, `auth` finds out (`impersonated.ts`). */
export function impersonationFeature(platform: Platform, { auth, sessions, users }: Others) {
  const service = new Impersonation(platform, {
    sessions: sessions.service,
    users: users.service,
    deliver: auth.deliver,
  });
  return { handlers: impersonationHandlers(service) };
}
