import type { Operation } from '../../contract/kit/operations.ts';
import { type Permission, permissions } from '../../contract/kit/permissions.ts';

export type Rights = ReadonlySet<Permission>;

/** An operation as the rules see it. */
export interface Deed {
  /** The account that it is done to, if there is one already. */
  readonly account?: { readonly holds: Rights; readonly isOwn: boolean };
  /** Nobody does it to themselves. */
  readonly isForOthers?: boolean;
  /** The caller acts as the account: with whatever it holds. */
  readonly isActedAs?: boolean;
  /** Roles are named: what they grant together, those aside that the account has already. */
  readonly gives?: Rights;
  /** What a key may do that the caller learns: whatever it opens, the caller opens from now on. */
  readonly scopes?: Rights;
  /** The role that it is done to: what it grants before and after. */
  readonly role?: { readonly before: Rights; readonly after: Rights };
  /** System roles refuse it. */
  readonly isProtected?: boolean;
  /** The caller has the role that would be gone. */
  readonly removesOwnRole?: boolean;
}

/**
 * The rules of docs/security.md, "Who may act on whom", once more and independent of the server:
 * `done`, or the problem.
 */
export function verdict({ access }: Operation, caller: Rights, deed: Deed): string {
  const { account, gives, scopes, role } = deed;
  const holdsAll = (needed: Rights) => needed.isSubsetOf(caller);
  if (access.kind !== 'requires') throw new Error('Who may call this at all?');
  if (!caller.has(access.permission)) return 'permission_denied';
  if (account?.isOwn && deed.isForOthers) return 'own_account_protected';
  if (gives && !caller.has('roles:manage')) return 'permission_denied';
  if (account && !account.isOwn && !holdsAll(protecting(account.holds))) return 'permission_denied';
  if (account && deed.isActedAs && !holdsAll(account.holds)) return 'permission_denied';
  if (gives && !holdsAll(gives)) return 'permission_denied';
  if (scopes && !holdsAll(scopes)) return 'permission_denied';
  if (role && !holdsAll(role.before.union(role.after))) return 'permission_denied';
  if (deed.isProtected) return 'system_role_protected';
  return deed.removesOwnRole ? 'own_account_protected' : 'done';
}

function protecting(rights: Rights): Rights {
  return new Set([...rights].filter((permission) => permissions[permission].protects));
}
