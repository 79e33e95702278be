import type { Permission } from './permissions.ts';

/** Conditions on top of being signed in. */
export interface AccessModifiers {
  /** The sign-in must be younger than ten minutes, else 403 `reauthentication_required`. */
  readonly recentLogin?: true;
  /** The database is asked, not memory: a revocation elsewhere holds at once, not in a moment. */
  readonly exact?: true;
  /**
   * Also for an account that must have a second factor and has none yet: what it takes to get one,
   * to see who one is, and to leave. Everything else answers 403 `second_factor_required`.
   */
  readonly beforeSecondFactor?: true;
  /**
   * By nobody who acts as the account: 403 `impersonation_denied`. For whatever proves who somebody is
   * and where they are signed in. What asks for a recent sign-in is so without saying it.
   */
  readonly inPerson?: true;
}

/** Programs may call what takes a permission. Without one, only what is open to them says so. */
export interface OpenToPrograms {
  /** Also by an API key or as a service account, whatever their scopes. */
  readonly programs?: true;
}

export type Anyone = { readonly kind: 'anyone' };
export type AnyoneKnown = { readonly kind: 'anyoneKnown' };
export type SignedIn = { readonly kind: 'signedIn' } & AccessModifiers & OpenToPrograms;
export type Requires = {
  readonly kind: 'requires';
  readonly permission: Permission;
} & AccessModifiers;

/** Who may call an endpoint. The guard enforces it; an unknown kind is denied. */
export type Access = Anyone | AnyoneKnown | SignedIn | Requires;

/** No credential is read. */
export const anyone: Anyone = { kind: 'anyone' };

/**
 * Anyone may call; who is known may see more. A token, where one is sent, must be good; a cookie
 * that has ended counts as none, because browsers send it by themselves.
 */
export const anyoneKnown: AnyoneKnown = { kind: 'anyoneKnown' };

/** Anybody who is signed in: a person, with a session. */
export function signedIn(modifiers: AccessModifiers & OpenToPrograms = {}): SignedIn {
  return { kind: 'signedIn', ...modifiers };
}

/** A caller who holds the permission: by its roles, and where it has scopes, by these as well. */
export function requires(permission: Permission, modifiers: AccessModifiers = {}): Requires {
  return { kind: 'requires', permission, ...modifiers };
}

/** Whether the operation is closed while an account is impersonated. */
export function isInPerson(access: Access): boolean {
  return 'recentLogin' in access || 'inPerson' in access;
}
