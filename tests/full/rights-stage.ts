import { randomUUIDv7 } from 'node:crypto';
import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { ApiKey } from '../../server/features/api-keys/model.ts';
import { Invitation } from '../../server/features/invitations/model.ts';
import { Role, RoleGrant } from '../../server/features/roles/model.ts';
import {
  ServiceAccount,
  ServiceAccountRole,
} from '../../server/features/service-accounts/model.ts';
import { User, UserRole } from '../../server/features/users/model.ts';
import type { TestApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';
import type { Rights } from './rights-model.ts';

export interface Caller {
  readonly id: string;
  readonly holds: Rights;
  readonly headers: Record<string, string>;
}

export interface StagedRole {
  readonly id: string;
  readonly name: string;
  readonly grants: Rights;
}

/** One permission that protects its holder, one that does not: any others would do no more. */
export const pair = ['audit:read', 'health:read'] as const;
/** With nothing of the pair, with one of it, with both. */
export const subsets: readonly (readonly (typeof pair)[number][])[] = [
  [],
  [pair[0]],
  [pair[1]],
  pair,
];
export const doors = [
  'users:manage',
  'roles:manage',
  'users:impersonate',
  'service-accounts:manage',
] as const;

/** Who may do all that is done here, with whatever else; who lacks one, with all else; and administrators. */
export async function callersOf(app: TestApp): Promise<Caller[]> {
  const managers = subsets.map((rest) => [...doors, ...rest]);
  const halves = doors.map((door) => [door, ...pair]);
  const callers = [...managers, ...halves].map((permissions) => callerWith(app, permissions));
  return Promise.all([...callers, callerWith(app, permissionNames, ['admin'])]);
}

async function callerWith(
  app: TestApp,
  permissions: readonly Permission[],
  roles?: string[],
): Promise<Caller> {
  const wanted = roles ? { roles } : { permissions: [...permissions] };
  const { userId, headers } = await quickSession(app, wanted);
  return { id: userId, headers, holds: new Set(permissions) };
}

/** Accounts and roles for hundreds of requests, so that each has its own: a few statements. */
export class Stage {
  readonly #users: Partial<User>[] = [];
  readonly #memberships: Partial<UserRole>[] = [];
  readonly #roles: Partial<Role>[] = [];
  readonly #grants: Partial<RoleGrant>[] = [];
  readonly #invitations: Partial<Invitation>[] = [];
  readonly #programs: Partial<ServiceAccount>[] = [];
  readonly #programRoles: Partial<ServiceAccountRole>[] = [];
  readonly #keys: Partial<ApiKey>[] = [];
  readonly #now: Date;

  constructor(now: Date) {
    this.#now = now;
  }

  account(roles: readonly StagedRole[], fields: Partial<User> = {}): string {
    const id = randomUUIDv7();
    const times = { createdAt: this.#now, updatedAt: this.#now };
    this.#users.push({ id, email: `${id}@example.com`, username: id, ...times, ...fields });
    for (const role of roles) this.give(role, id);
    return id;
  }

  role(grants: readonly Permission[]): StagedRole {
    const id = randomUUIDv7();
    const name = `role-${id}`;
    const times = { createdAt: this.#now, updatedAt: this.#now };
    this.#roles.push({ id, name, isSystem: false, ...times });
    for (const permission of grants) this.#grants.push({ roleId: id, permission });
    return { id, name, grants: new Set(grants) };
  }

  invitation(): string {
    const id = randomUUIDv7();
    const times = { createdAt: this.#now, expiresAt: this.#now };
    this.#invitations.push({ id, email: `${id}@example.com`, ...times });
    return id;
  }

  program(roles: readonly StagedRole[]): string {
    const id = randomUUIDv7();
    this.#programs.push({ id, name: `p-${id}`, createdAt: this.#now, updatedAt: this.#now });
    for (const { id: roleId } of roles) this.#programRoles.push({ serviceAccountId: id, roleId });
    return id;
  }

  key(serviceAccountId: string, scopes: readonly Permission[]): string {
    const id = randomUUIDv7();
    const times = { createdAt: this.#now, expiresAt: new Date(8.64e12) };
    const row = { serviceAccountId, name: 'key', secretHash: id, scopes: [...scopes] };
    this.#keys.push({ id, ...row, ...times });
    return id;
  }

  give(role: StagedRole, userId: string): void {
    this.#memberships.push({ userId, roleId: role.id });
  }

  async build({ db }: TestApp): Promise<void> {
    if (this.#roles.length > 0) await Role.query(db).insert(this.#roles);
    if (this.#grants.length > 0) await RoleGrant.query(db).insert(this.#grants);
    if (this.#users.length > 0) await User.query(db).insert(this.#users);
    if (this.#memberships.length > 0) await UserRole.query(db).insert(this.#memberships);
    if (this.#programs.length > 0) await ServiceAccount.query(db).insert(this.#programs);
    if (this.#programRoles.length > 0) {
      await ServiceAccountRole.query(db).insert(this.#programRoles);
    }
    if (this.#keys.length > 0) await ApiKey.query(db).insert(this.#keys);
    if (this.#invitations.length > 0) await Invitation.query(db).insert(this.#invitations);
  }
}
