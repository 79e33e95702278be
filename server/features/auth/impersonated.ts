import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Granted } from '../roles/role-table.ts';
import type { SessionState } from '../sessions/find-caller.ts';
import { isLive } from '../sessions/model.ts';

/** A session that was found, and what the roles of its account grant. */
export interface Found {
  readonly session: SessionState;
  readonly granted: Granted;
}

const needed: Permission = 'users:impersonate';

/**
 * What a session may do in which somebody acts as another account: what both may. Undefined once the
 * session from which it was begun has ended, or its owner may impersonate nobody any more.
 */
export function impersonated(
  { session, granted }: Found,
  behind: Found | undefined,
  now: Date,
): Found | undefined {
  if (!behind || behind.session.userId !== session.impersonatorId) return undefined;
  if (!isLive(behind.session, now) || !behind.granted.permissions.has(needed)) return undefined;
  const permissions = granted.permissions.intersection(behind.granted.permissions);
  return { session, granted: { ...granted, permissions } };
}
