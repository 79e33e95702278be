import type { Permission } from '../../../contract/kit/permissions.ts';
import { permissionNames } from '../../../contract/kit/permissions.ts';

/** Who acts. Every service function takes it first. */
export interface Actor {
  /** The account; or `system:<reason>` for jobs and commands. */
  readonly id: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** The sign-in behind the request; absent for the system. */
  readonly session?: ActorSession;
}

export interface ActorSession {
  readonly id: string;
  readonly authenticatedAt: Date;
}

/** The only question about permissions: whether the actor holds one. */
export function can(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** Jobs and commands act as the system, for a stated reason. */
export function systemActor(reason: string): Actor {
  return { id: `system:${reason}`, roles: [], permissions: new Set(permissionNames) };
}
