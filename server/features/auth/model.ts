import { type AnyQueryBuilder, type QueryBuilder, raw } from 'objection';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { Role, RoleGrant } from '../roles/model.ts';
import { Session } from '../sessions/model.ts';
import { UserRole } from '../users/model.ts';

/** A session with the roles of its account. */
export class Credential extends Session {
  declare roleIds: string[];
}

/** A session with the roles of its account and what they grant, at the same instant. */
export class ExactCredential extends Session {
  declare roleNames: string[];
  declare permissions: Permission[];
  declare requiresSecondFactor: boolean;
}

const columns = [
  'id',
  'userId',
  'kind',
  'authenticatedAt',
  'lastSeenAt',
  'idleExpiresAt',
  'expiresAt',
  'revokedAt',
].map((column) => `sessions.${column}`);

export function withRoleIds(query: QueryBuilder<Credential>): void {
  query.select(columns, arrayOf(heldRoles().select('userRoles.roleId')).as('roleIds'));
}

export function withGrants(query: QueryBuilder<ExactCredential>): void {
  const names = Role.query().select('roles.name').whereIn('roles.id', heldRoles().select('roleId'));
  const permissions = RoleGrant.query()
    .distinct('rolePermissions.permission')
    .whereIn('rolePermissions.roleId', heldRoles().select('roleId'));
  const asking = Role.query()
    .whereIn('roles.id', heldRoles().select('roleId'))
    .where('roles.requiresSecondFactor', true);
  query.select(
    columns,
    arrayOf(names).as('roleNames'),
    arrayOf(permissions).as('permissions'),
    raw('exists (?)', [asking]).as('requiresSecondFactor'),
  );
}

function heldRoles() {
  return UserRole.query().whereColumn('userRoles.userId', 'sessions.userId');
}

function arrayOf(query: AnyQueryBuilder) {
  return raw('array ?', [query]);
}
