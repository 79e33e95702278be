import { type AnyQueryBuilder, raw } from 'objection';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import { keysetOf } from '../../platform/db/keyset.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';

/** A named set of permissions; which ones it grants are rows of `role_permissions`. */
export class Role extends AppModel {
  static override tableName = 'roles';
  declare name: string;
  declare description: string | null;
  declare isSystem: boolean;
  /** Whoever has it can do nothing else before they have a second factor. */
  declare requiresSecondFactor: boolean;
  declare createdAt: Date;
  declare updatedAt: Date;

  declare grants?: RoleGrant[];
  /** The same, read by `findByNames` in one statement. */
  declare permissions?: Permission[];

  static override relationMappings = () => ({
    grants: {
      relation: AppModel.HasManyRelation,
      modelClass: RoleGrant,
      join: { from: 'roles.id', to: 'role_permissions.roleId' },
    },
  });
}

export class RoleGrant extends AppModel {
  static override tableName = 'role_permissions';
  static override idColumn = ['roleId', 'permission'];
  declare roleId: string;
  declare permission: Permission;
}

/** A role beside one permission that it grants, or beside none. */
export class RoleAndGrant extends Role {
  declare permission: Permission | null;
}

const byNames = statement('roles.byNames', ({ names }: Args<{ names: string[] }>) => {
  const held = RoleGrant.query()
    .select('rolePermissions.permission')
    .whereColumn('rolePermissions.roleId', 'roles.id');
  return Role.query()
    .select('roles.*', arrayOf(held).as('permissions'))
    .whereRaw('?? = any(?)', ['roles.name', names]);
});

export function findByNames(db: Database, names: string[]): Promise<Role[]> {
  return byNames.all(db, { names });
}

/** What an account's roles amount to, read at one instant. */
export interface Grants {
  readonly roleNames: string[];
  readonly permissions: Permission[];
  readonly requiresSecondFactor: boolean;
}

/** The columns of `Grants`, for a select of whatever has roles; `held` are their ids. */
export function grantsOf(held: () => AnyQueryBuilder) {
  const names = Role.query().select('roles.name').whereIn('roles.id', held());
  const permissions = RoleGrant.query()
    .distinct('rolePermissions.permission')
    .whereIn('rolePermissions.roleId', held());
  const asking = Role.query().whereIn('roles.id', held()).where('roles.requiresSecondFactor', true);
  return [
    arrayOf(names).as('roleNames'),
    arrayOf(permissions).as('permissions'),
    raw('exists (?)', [asking]).as('requiresSecondFactor'),
  ];
}

export function arrayOf(query: AnyQueryBuilder) {
  return raw('array ?', [query]);
}

/** The system role that holds everything; the last account with it is protected. */
export const administratorRole = 'admin';
export const memberRole = 'member';

export const roleConstraints: ConstraintProblems = { roles_name_unique: 'role_name_taken' };

export const roleKeyset = keysetOf(Role, {
  orders: {
    name: { column: 'name', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'name',
});

/** The revocation of what any role grants. */
export const rolesChanged = 'roles';
