import knex from 'knex';
import type { Permission } from '../../../../contract/kit/permissions.ts';
import { poolSize, readWorld } from '../world.ts';

// The statements by knex's builder, as its users write them.

const world = readWorld();
export const database = knex({
  client: 'pg',
  connection: world.databaseUrl,
  pool: { min: poolSize, max: poolSize },
});

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly full_name: string | null;
  readonly created_at: Date;
  readonly role_names: string[];
}

export interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
}

export function usersPage(limit: number) {
  const names = database('roles')
    .select('roles.name')
    .innerJoin('user_roles', 'roles.id', 'user_roles.role_id')
    .where('user_roles.user_id', database.ref('users.id'));
  return database<UserRow>('users')
    .select(
      'users.*',
      database.raw('array(?) as ??', [names, 'role_names']),
      database.ref('users.username').as('keyset_value'),
    )
    .whereNull('users.deleted_at')
    .orderBy('users.username', 'asc')
    .orderBy('users.id', 'asc')
    .limit(limit);
}

export function rolesNamed(names: readonly string[]) {
  const held = database('role_permissions')
    .select('role_permissions.permission')
    .where('role_permissions.role_id', database.ref('roles.id'));
  return database<RoleRow>('roles')
    .select('roles.*', database.raw('array ? as ??', [held, 'permissions']))
    .whereRaw('?? = any(?)', ['roles.name', [...names]]);
}
