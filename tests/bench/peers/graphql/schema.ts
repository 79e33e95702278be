import SchemaBuilder from '@pothos/core';
import type DataLoader from 'dataloader';
import {
  type Permission as PermissionName,
  permissionNames,
} from '../../../../contract/kit/permissions.ts';
import { type UserRow, usersPage } from './rows.ts';

export interface Role {
  readonly name: string;
  readonly permissions: readonly PermissionName[];
}

export interface Context {
  readonly roles: DataLoader<string, Role | undefined>;
}

interface Page {
  readonly rows: readonly UserRow[];
  readonly hasNextPage: boolean;
}

const builder = new SchemaBuilder<{ Context: Context }>({});

/** As Charter spells them. */
const Permission = builder.enumType('Permission', {
  values: Object.fromEntries(
    permissionNames.map((name) => [name.replaceAll(/\W/g, '_'), { value: name }]),
  ),
});

const RoleType = builder.objectRef<Role>('Role').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    permissions: t.field({ type: [Permission], resolve: (role) => [...role.permissions] }),
  }),
});

const UserType = builder.objectRef<UserRow>('User').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    username: t.exposeString('username'),
    email: t.exposeString('email'),
    fullName: t.exposeString('full_name', { nullable: true }),
    createdAt: t.string({ resolve: (user) => user.created_at.toISOString() }),
    roles: t.field({
      type: [RoleType],
      resolve: async (user, _args, { roles }) => {
        const found = await roles.loadMany(user.role_names.toSorted());
        return found.filter((role): role is Role => role !== undefined && !(role instanceof Error));
      },
    }),
  }),
});

const SummaryType = builder
  .objectRef<{ readonly id: string }>('UserSummary')
  .implement({ fields: (t) => ({ id: t.exposeID('id') }) });

const UserView = builder.unionType('UserView', {
  types: [UserType, SummaryType],
  resolveType: () => 'User',
});

const PageInfo = builder.objectRef<Page>('PageInfo').implement({
  fields: (t) => ({ hasNextPage: t.exposeBoolean('hasNextPage') }),
});

const UserConnection = builder.objectRef<Page>('UserViewConnection').implement({
  fields: (t) => ({
    nodes: t.field({ type: [UserView], resolve: ({ rows }) => [...rows] }),
    pageInfo: t.field({ type: PageInfo, resolve: (page) => page }),
  }),
});

builder.queryType({
  fields: (t) => ({
    users: t.field({
      type: UserConnection,
      args: { first: t.arg.int({ required: true }) },
      resolve: async (_parent, { first }) => {
        const rows: UserRow[] = await usersPage(first + 1);
        return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
      },
    }),
  }),
});

export const schema = builder.toSchema();
