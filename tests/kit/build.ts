import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Permission } from '../../contract/kit/permissions.ts';
import { Role, RoleGrant } from '../../server/features/roles/model.ts';
import { User, UserRole } from '../../server/features/users/model.ts';
import type { Changes } from '../../server/platform/db/app-query.ts';
import type { TestApp } from './app.ts';

type UserRow = Changes<User> & { createdAt?: Date; roles?: readonly string[] };

/** A row of `users`. Without a password hash and roles, unless they are given. */
export async function insertUser(app: TestApp, fields: UserRow = {}): Promise<User> {
  const { roles = [], createdAt = app.clock.now(), ...given } = fields;
  const name = `u-${randomUUID()}`;
  const row = { email: `${name}@example.com`, username: name, ...given };
  const user = await User.query(app.db).create(row, createdAt);
  const held = await Role.query(app.db).whereIn('name', [...roles]);
  const rows = held.map((role) => ({ userId: user.id, roleId: role.id }));
  if (rows.length > 0) await UserRole.query(app.db).insert(rows);
  return user;
}

/** A role that grants exactly this. */
export async function insertRole(
  app: TestApp,
  permissions: Permission[],
  { requiresSecondFactor = false }: { requiresSecondFactor?: boolean } = {},
): Promise<string> {
  const id = randomUUIDv7();
  const name = `role-${id}`;
  const row = { id, name, isSystem: false, requiresSecondFactor };
  await Role.query(app.db).create(row, app.clock.now());
  const grants = permissions.map((permission) => ({ roleId: id, permission }));
  if (grants.length > 0) await RoleGrant.query(app.db).insert(grants);
  return name;
}

export async function roleIdOf({ db }: TestApp, name: string): Promise<string> {
  const role = await Role.query(db).findOne({ name }).throwIfNotFound();
  return role.id;
}
