import type { Permission } from '../../../contract/kit/permissions.ts';
import { permissionNames } from '../../../contract/kit/permissions.ts';

/** Who acts. Every service function takes it first. */
export interface Actor {
  /** The account of a person, the id of a service account; the reason, where the system acts. */
  readonly id: string;
  /** `system`: a job or a command, for a stated reason. */
  readonly kind: 'person' | 'service' | 'system';
  /** How the call proved who acts; absent for the system. */
  readonly via?: 'cookie' | 'token' | 'apiKey';
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** The sign-in behind the call, where there is one. */
  readonly session?: ActorSession;
  /** The API key behind the call, where there is one. */
  readonly apiKey?: { readonly id: string };
  /** The account must have a second factor and has none: it may set one up, and little else. */
  readonly lacksSecondFactor?: true;
  /** Who really acts, while a person is impersonated (RFC 8693, `act`). */
  readonly act?: { readonly id: string };
  readonly organisationId?: string;
  /** Until when what was presented proves it; absent for the system. */
  readonly until?: Date;
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
  return { id: reason, kind: 'system', roles: [], permissions: new Set(permissionNames) };
}

/** Who really acts, in one text: an account's id, or `system:` and the reason. */
export function actorName({ kind, id, act }: Actor): string {
  return act?.id ?? (kind === 'system' ? `system:${id}` : id);
}

/** The account that somebody else acts as; undefined for whoever acts for themselves. */
export function actingFor({ id, act }: Actor): string | undefined {
  return act && id;
}
