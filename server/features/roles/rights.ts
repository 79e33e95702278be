import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Role } from './model.ts';
import { canActOn, holdsAll } from './policy.ts';

export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap(({ grants = [] }) => grants.map(({ permission }) => permission)));
}

/** @throws a problem `permission_denied` unless the actor holds all of them. */
export function assertHoldsAll(actor: Actor, permissions: Iterable<Permission>): void {
  if (holdsAll(actor, permissions)) return;
  throw problem('permission_denied', {
    detail: 'This concerns permissions that your own account does not hold.',
  });
}

/** @throws a problem `permission_denied` if an account with these roles is beyond the actor. */
export function assertCanActOn(actor: Actor, roles: readonly Role[]): void {
  if (canActOn(actor, permissionsOf(roles))) return;
  throw problem('permission_denied', {
    detail: 'A permission that your own account does not hold protects this account.',
  });
}
