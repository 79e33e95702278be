import { permissions as catalogue, type Permission } from '../../../contract/kit/permissions.ts';
import type { Actor } from '../../platform/auth/actor.ts';

// The rules of docs/security.md, "Who may act on whom", as far as permissions decide. Here and
// nowhere else; tests/generated/rights.test.ts holds every operation to them.

/** Giving or changing a role: nobody passes on, or edits, what they do not hold. */
export function holdsAll(actor: Actor, permissions: Iterable<Permission>): boolean {
  return [...permissions].every((permission) => actor.permissions.has(permission));
}

/** Acting on an account that holds these: only what protects it counts. */
export function canActOn(actor: Actor, held: Iterable<Permission>): boolean {
  return holdsAll(
    actor,
    [...held].filter((permission) => catalogue[permission].protects),
  );
}

/** Removing a role takes it from everybody; nobody takes one from themselves. */
export function isOwnRole(actor: Actor, role: { readonly name: string }): boolean {
  return actor.roles.includes(role.name);
}
