import type { Actor } from '../../platform/auth/actor.ts';

/** Nobody changes their own roles, deactivates or removes themselves. */
export function isOwn(actor: Actor, userId: string): boolean {
  return actor.id === userId;
}

/** Managing accounts is one thing, giving roles another. */
export function canChangeRoles(actor: Actor): boolean {
  return actor.permissions.has('roles:manage');
}
