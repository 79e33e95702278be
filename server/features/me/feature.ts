import type { AuthFeature } from '../auth/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { meHandlers } from './handlers.ts';

interface Others {
  readonly users: UsersFeature;
  readonly auth: AuthFeature;
}

export function meFeature({ users, auth }: Others) {
  return { handlers: meHandlers(users.service, auth.changePassword) };
}
