import type { Permission } from '../../../contract/kit/permissions.ts';

/** Whoever invites manages accounts; whoever names roles gives them, and holds what they grant. */
export function couldInvite(
  held: ReadonlySet<Permission>,
  given: ReadonlySet<Permission> | undefined,
): boolean {
  if (!held.has('users:manage')) return false;
  return given === undefined || (held.has('roles:manage') && given.isSubsetOf(held));
}
