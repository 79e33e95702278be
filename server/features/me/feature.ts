import type { AuditFeature } from '../audit/feature.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { meHandlers } from './handlers.ts';

interface Others {
  readonly users: UsersFeature;
  readonly auth: AuthFeature;
  readonly audit: AuditFeature;
}

export function meFeature({ users, auth, audit }: Others) {
  return { handlers: meHandlers(users, auth.changePassword, audit.service) };
}
