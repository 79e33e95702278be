import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { type Permission, permissionNames } from '../../../contract/kit/permissions.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, createPerson, signIn } from '../../kit/callers.ts';

const app = useApp();
const permission = 'audit:read';
const denied = refusal(403, 'permission_denied');
let admin: Caller;
let manager: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
  const roles = [await insertRole(app, ['roles:read', 'roles:manage'])];
  manager = await signIn(app, await createPerson(app, { roles }));
});

async function aRole(...permissions: Permission[]) {
  return idOf(await insertRole(app, permissions));
}

async function idOf(name: string): Promise<string> {
  return (await Role.query(app.db).findOne({ name }).throwIfNotFound()).id;
}

describe('a permission of a role', () => {
  it('works on the next request of everybody with the role, and ends as soon', async () => {
    const roleId = await aRole();
    const { client, id: userId } = await aMember(app);
    await unwrap(admin.client.users.assignRole({ roleId, userId }));
    expect(await client.audit.list()).toMatchObject(denied);
    await unwrap(admin.client.roles.grant({ roleId, permission }));
    expect(await client.audit.list()).toMatchObject({ status: 200 });
    await unwrap(admin.client.roles.revoke({ roleId, permission }));
    expect(await client.audit.list()).toMatchObject(denied);
  });

  it('is granted and revoked once, however often one asks', async () => {
    const roleId = await aRole();
    for (const verb of ['grant', 'grant', 'revoke', 'revoke'] as const) {
      const { permissions } = await unwrap(admin.client.roles[verb]({ roleId, permission }));
      expect(permissions).toEqual(verb === 'grant' ? [permission] : []);
    }
  });

  it('is granted and revoked only by who holds it', async () => {
    const roleId = await aRole(permission);
    for (const verb of ['grant', 'revoke'] as const) {
      expect(await manager.client.roles[verb]({ roleId, permission })).toMatchObject(denied);
    }
  });

  it('is not taken from the role `admin`, nor given to an unknown role', async () => {
    const id = await idOf('admin');
    for (const verb of ['grant', 'revoke'] as const) {
      const answer = await admin.client.roles[verb]({ roleId: id, permission });
      expect(answer).toMatchObject(refusal(409, 'system_role_protected'));
      const unknown = await admin.client.roles[verb]({ roleId: admin.id, permission });
      expect(unknown).toMatchObject(refusal(404, 'not_found'));
    }
  });
});

describe('permissions.list', () => {
  it('is the whole catalogue, for who may read roles', async () => {
    const { items } = await unwrap(manager.client.permissions.list());
    expect(items.map(({ name }) => name)).toEqual(permissionNames);
    for (const name of ['users:manage', 'roles:manage', 'audit:read']) {
      expect(items).toContainEqual(expect.objectContaining({ name, protects: true }));
    }
    expect(await (await aMember(app)).client.permissions.list()).toMatchObject(denied);
  });
});
