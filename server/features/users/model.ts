import type { QueryBuilder } from 'objection';
import { type Actor, can } from '../../platform/auth/actor.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import type { Keyset } from '../../platform/db/keyset.ts';
import { Role } from '../roles/model.ts';

export class User extends AppModel {
  static override tableName = 'users';
  static override softDelete = true;
  declare email: string;
  declare username: string;
  declare fullName: string | null;
  declare passwordHash: string | null;
  declare emailVerifiedAt: Date | null;
  declare deactivatedAt: Date | null;
  declare lastLoginAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;

  declare roles?: Role[];

  static override relationMappings = () => ({
    roles: {
      relation: AppModel.ManyToManyRelation,
      modelClass: Role,
      join: {
        from: 'users.id',
        through: { from: 'user_roles.userId', to: 'user_roles.roleId' },
        to: 'roles.id',
      },
    },
  });
}

export class UserRole extends AppModel {
  static override tableName = 'user_roles';
  static override idColumn = ['userId', 'roleId'];
  declare userId: string;
  declare roleId: string;
}

export const userConstraints: ConstraintProblems = {
  users_email_unique: 'email_taken',
  users_username_unique: 'username_taken',
};

export const userKeyset: Keyset = {
  orders: {
    username: { column: 'username', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'username',
};

/** Managers see every account; others see the active ones and themselves. */
export function visibleTo(actor: Actor) {
  return (query: QueryBuilder<User>): void => {
    if (can(actor, 'users:manage')) return;
    query.where((either) => {
      either.whereNull('users.deactivatedAt').orWhere('users.id', actor.id);
    });
  };
}

/** Accounts whose username, full name or (for managers) e-mail contains the text, as written. */
export function matching(actor: Actor, search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return (query: QueryBuilder<User>): void => {
    query.where((either) => {
      either.where('users.username', 'ilike', pattern).orWhere('users.fullName', 'ilike', pattern);
      if (can(actor, 'users:manage')) either.orWhere('users.email', 'ilike', pattern);
    });
  };
}

export function withRole(name: string) {
  return (query: QueryBuilder<User>): void => {
    query.whereExists(User.relatedQuery('roles').where('roles.name', name));
  };
}

/** The account with this folded e-mail address or username. */
export async function findByIdentifier(db: Database, folded: string): Promise<User | undefined> {
  const column = folded.includes('@') ? 'email' : 'username';
  return User.query(db).findOne(column, folded).withGraphFetched('roles');
}
