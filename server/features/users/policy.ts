import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { User } from './model.ts';

/** Nobody changes their own roles or removes themselves. */
export function isOwn(actor: Actor, user: User): boolean {
  return actor.id === user.id;
}

/** Nobody grants what they do not hold. */
export function canGrant(actor: Actor, permissions: ReadonlySet<Permission>): boolean {
  return [...permissions].every((permission) => actor.permissions.has(permission));
}
