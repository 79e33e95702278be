import type { QueryBuilder } from 'objection';
import { arrayOf, type Grants, grantsOf } from '../roles/model.ts';
import { Session } from '../sessions/model.ts';
import { UserRole } from '../users/model.ts';

/** A session with the roles of its account. */
export class Credential extends Session {
  declare roleIds: string[];
}

/** A session with the roles of its account and what they grant, at the same instant. */
export class ExactCredential extends Session implements Grants {
  declare roleNames: Grants['roleNames'];
  declare permissions: Grants['permissions'];
  declare requiresSecondFactor: Grants['requiresSecondFactor'];
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
  'impersonatorId',
  'impersonatorSessionId',
].map((column) => `sessions.${column}`);

export function withRoleIds(query: QueryBuilder<Credential>): void {
  query.select(columns, arrayOf(heldRoles()).as('roleIds'));
}

export function withGrants(query: QueryBuilder<ExactCredential>): void {
  query.select(columns, grantsOf(heldRoles));
}

function heldRoles() {
  const own = UserRole.query().whereColumn('userRoles.userId', 'sessions.userId');
  return own.select('userRoles.roleId');
}
