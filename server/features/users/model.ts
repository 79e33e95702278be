import { type QueryBuilder, raw } from 'objection';
import { type Actor, can } from '../../platform/auth/actor.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import { keysetOf } from '../../platform/db/keyset.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { Role } from '../roles/model.ts';

export class User extends AppModel {
  static override tableName = 'users';
  static override softDelete = true;
  declare email: string;
  declare username: string;
  declare fullName: string | null;
  declare locale: string | null;
  declare timeZone: string | null;
  /** Of its picture, which the storage keeps under this id. */
  declare avatarId: string | null;
  declare avatarType: string | null;
  declare avatarBytes: number | null;
  declare avatarSha256: string | null;
  declare passwordHash: string | null;
  declare emailVerifiedAt: Date | null;
  declare deactivatedAt: Date | null;
  declare lastLoginAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare deletedAt: Date | null;

  declare roles?: Role[];
  /** Read by `withRoleNames`. */
  declare roleNames?: string[];

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

export const userKeyset = keysetOf(User, {
  orders: {
    username: { column: 'username', kind: 'text' },
    createdAt: { column: 'createdAt', kind: 'instant' },
  },
  usual: 'username',
});

/** Managers see every account; others see the active ones and themselves. */
export function visibleTo(actor: Actor) {
  return (query: QueryBuilder<User>): void => {
    if (!can(actor, 'users:manage')) query.modify(activeOr(actor.id));
  };
}

/** What others than managers see. */
export function activeOr(ownId: string) {
  return (query: QueryBuilder<User>): void => {
    query.where((either) => {
      either.whereNull('users.deactivatedAt').orWhere('users.id', ownId);
    });
  };
}

/** The account and what its roles are called, in one statement. */
export function withRoleNames(query: QueryBuilder<User>): void {
  const names = User.relatedQuery('roles').select('roles.name');
  query.select('users.*', raw('array(?)', [names]).as('roleNames'));
}

const userById = statement('users.byId', ({ id }: Args<{ id: string }>) =>
  User.query().modify(withRoleNames).where('users.id', id),
);
const visibleById = statement('users.visibleById', ({ id, ownId }: Args<OwnView>) =>
  User.query().modify(withRoleNames).modify(activeOr(ownId)).where('users.id', id),
);

const byIds = statement('users.byIdList', ({ ids }: Args<{ ids: string[] }>) =>
  User.query().modify(withRoleNames).whereRaw('?? = any(?)', ['users.id', ids]),
);
const visibleByIds = statement(
  'users.visibleByIds',
  ({ ids, ownId }: Args<{ ids: string[]; ownId: string }>) =>
    User.query()
      .modify(withRoleNames)
      .modify(activeOr(ownId))
      .whereRaw('?? = any(?)', ['users.id', ids]),
);

/** Those of the accounts that the actor may see. */
export function findAllVisible(db: Database, actor: Actor, ids: string[]): Promise<User[]> {
  return can(actor, 'users:manage')
    ? byIds.all(db, { ids })
    : visibleByIds.all(db, { ids, ownId: actor.id });
}

interface OwnView {
  id: string;
  ownId: string;
}

/** The account, if the actor may see it. */
export function findVisible(db: Database, actor: Actor, id: string): Promise<User | undefined> {
  return can(actor, 'users:manage')
    ? userById.find(db, { id })
    : visibleById.find(db, { id, ownId: actor.id });
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

const byEmail = statement('users.byEmail', ({ folded }: Args<{ folded: string }>) =>
  User.query().modify(withRoleNames).where('users.email', folded),
);
const byUsername = statement('users.byUsername', ({ folded }: Args<{ folded: string }>) =>
  User.query().modify(withRoleNames).where('users.username', folded),
);

/** The account with this folded e-mail address or username. */
export function findByIdentifier(db: Database, folded: string): Promise<User | undefined> {
  return (folded.includes('@') ? byEmail : byUsername).find(db, { folded });
}

/** Notes a sign-in of an account that is locked. */
export const noteSignIn = statement(
  'users.noteSignIn',
  ({ id, now }: Args<{ id: string; now: Date }>) =>
    User.query().patch({ lastLoginAt: now }).where({ id }),
);
