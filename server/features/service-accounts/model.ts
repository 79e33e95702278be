import { type QueryBuilder, raw } from 'objection';
import { AppModel } from '../../platform/db/app-model.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import { keysetOf } from '../../platform/db/keyset.ts';
import { Role } from '../roles/model.ts';

/** An account of a program. */
export class ServiceAccount extends AppModel {
  static override tableName = 'service_accounts';
  declare name: string;
  declare description: string | null;
  declare deactivatedAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;

  declare roles?: Role[];
  /** Read by `withRoleNames`. */
  declare roleNames?: string[];

  static override relationMappings = () => ({
    roles: {
      relation: AppModel.ManyToManyRelation,
      modelClass: Role,
      join: {
        from: 'service_accounts.id',
        through: {
          from: 'service_account_roles.serviceAccountId',
          to: 'service_account_roles.roleId',
        },
        to: 'roles.id',
      },
    },
  });
}

export class ServiceAccountRole extends AppModel {
  static override tableName = 'service_account_roles';
  static override idColumn = ['serviceAccountId', 'roleId'];
  declare serviceAccountId: string;
  declare roleId: string;
}

export const serviceAccountConstraints: ConstraintProblems = {
  service_accounts_name_unique: 'service_account_name_taken',
};

export const serviceAccountKeyset = keysetOf(ServiceAccount, {
  orders: {
    name: { column: 'name', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'name',
});

/** The account and what its roles are called, in one statement. */
export function withRoleNames(query: QueryBuilder<ServiceAccount>): void {
  const names = ServiceAccount.relatedQuery('roles').select('roles.name');
  query.select('service_accounts.*', raw('array(?)', [names]).as('roleNames'));
}
