import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { UserRole } from '../../../server/features/users/model.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, createPerson, signIn } from '../../kit/callers.ts';
import { collide } from '../../kit/collide.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
let admin: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
});

const denied = refusal(403, 'permission_denied');
const unknownId = '01994c1e-7a00-7d10-8a39-2b7cb6a4c001';

async function aRole(...permissions: Permission[]) {
  const name = await insertRole(app, permissions);
  return Role.query(app.db).findOne({ name }).throwIfNotFound();
}

async function rolesOf({ id }: { id: string }) {
  const user = await unwrap(admin.client.users.get({ userId: id }));
  return 'roles' in user ? user.roles : undefined;
}

/** Somebody who may manage roles, and holds nothing else. */
async function aManager() {
  const { headers, userId } = await quickSession(app, { permissions: ['roles:manage'] });
  return { id: userId, client: app.client(sending(headers)) };
}

describe('a role', () => {
  it('is given and taken once, however often one asks', async () => {
    const [user, role] = [await insertUser(app), await aRole('users:read')];
    const place = { userId: user.id, roleId: role.id };
    for (const verb of ['assignRole', 'assignRole', 'takeRole', 'takeRole'] as const) {
      expect(await admin.client.users[verb](place)).toMatchObject({ status: 204 });
      expect(await rolesOf(user)).toEqual(verb === 'assignRole' ? [role.name] : []);
    }
  });

  it('works on the next request of the account, by token and by cookie', async () => {
    const { id: roleId } = await aRole('audit:read');
    const member = await aMember(app);
    const { client: browser } = await openBrowser(app, member);
    const place = { userId: member.id, roleId };
    for (const [verb, status] of [
      ['takeRole', 403],
      ['assignRole', 200],
      ['takeRole', 403],
    ] as const) {
      expect(await admin.client.users[verb](place)).toMatchObject({ status: 204 });
      expect(await member.client.audit.list()).toMatchObject({ status });
      expect(await browser.audit.list()).toMatchObject({ status });
    }
  });

  it('goes to accounts and comes from roles that exist', async () => {
    const removed = await insertUser(app, { deletedAt: app.clock.now() });
    const [{ id: userId }, { id: roleId }] = [await insertUser(app), await aRole()];
    for (const place of [
      { userId: removed.id, roleId },
      { userId: unknownId, roleId },
      { userId, roleId: unknownId },
    ]) {
      const gone = refusal(404, 'not_found');
      expect(await admin.client.users.assignRole(place)).toMatchObject(gone);
      expect(await admin.client.users.takeRole(place)).toMatchObject(gone);
    }
  });

  it('is neither given to oneself nor taken, however the id is written', async () => {
    const { id: roleId } = await aRole();
    for (const userId of [admin.id, admin.id.toUpperCase()]) {
      const own = refusal(403, 'own_account_protected');
      expect(await admin.client.users.assignRole({ userId, roleId })).toMatchObject(own);
      expect(await admin.client.users.takeRole({ userId, roleId })).toMatchObject(own);
    }
  });

  it('is given only by who holds what it grants', async () => {
    const { client } = await aManager();
    const { id: userId } = await insertUser(app);
    const give = async (permission: Permission) =>
      client.users.assignRole({ userId, roleId: (await aRole(permission)).id });
    expect(await give('health:read')).toMatchObject(denied);
    expect(await give('roles:manage')).toMatchObject({ status: 204 });
  });

  it('is taken unless the account is protected from the caller', async () => {
    const { client } = await aManager();
    const [protecting, plain] = [await aRole('audit:read'), await aRole('health:read')];
    const { id: userId } = await insertUser(app, { roles: [protecting.name, plain.name] });
    for (const { id: roleId } of [protecting, plain]) {
      expect(await client.users.takeRole({ userId, roleId })).toMatchObject(denied);
    }
    await unwrap(admin.client.users.takeRole({ userId, roleId: protecting.id }));
    expect(await client.users.takeRole({ userId, roleId: plain.id })).toMatchObject({
      status: 204,
    });
  });

  it('is not given by managers of accounts, who may not manage roles', async () => {
    const permissions: Permission[] = ['users:read', 'users:manage'];
    const { headers } = await quickSession(app, { permissions });
    const place = { userId: (await insertUser(app)).id, roleId: (await aRole()).id };
    const { users } = app.client(sending(headers));
    expect(await users.assignRole(place)).toMatchObject(denied);
    expect(await users.takeRole(place)).toMatchObject(denied);
  });

  it('that is removed while it is given is not given, and nothing breaks', async () => {
    const [{ id: userId }, { id: roleId, name }] = [await insertUser(app), await aRole()];
    const removal = (trx: Database) => trx('roles').where({ id: roleId }).delete();
    const other = await insertUser(app);
    const { users } = admin.client;
    const statuses = await collide<number>(app, removal, [
      async () => (await users.assignRole({ userId, roleId })).status,
      async () => (await users.update({ userId: other.id, body: { roles: [name] } })).status,
    ]);
    expect(statuses).toEqual([204, 200]);
    expect([await rolesOf({ id: userId }), await rolesOf(other)]).toEqual([[], []]);
  });
});

describe('fifty roles', () => {
  it('are as many as an account can have', async () => {
    const roles = await Promise.all(Array.from({ length: 51 }, () => aRole()));
    const { id: userId } = await insertUser(app);
    const ids = roles.map(({ id }) => id);
    const held = ids.slice(0, 50).map((roleId) => ({ userId, roleId }));
    await UserRole.query(app.db).insert(held);
    const give = (roleId = '') => admin.client.users.assignRole({ userId, roleId });
    expect(await give(ids[50])).toMatchObject(refusal(409, 'too_many_roles'));
    expect(await give(ids[49])).toMatchObject({ status: 204 });
    const body = { roles: roles.map(({ name }) => name) };
    expect(await admin.client.users.update({ userId, body })).toMatchObject(invalid('roles'));
  });
});

describe('a sign-in of eleven minutes ago', () => {
  it('gives no role, by whichever way', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'], signedInMinutesAgo: 11 });
    const { users } = app.client(sending(headers));
    const [{ id: userId, email, username }, { id: roleId }] = [
      await insertUser(app),
      await aRole(),
    ];
    const [one, other] = [`${email}.test`, `${username}-2`];
    const answers = await Promise.all([
      users.assignRole({ userId, roleId }),
      users.takeRole({ userId, roleId }),
      users.update({ userId, body: { roles: [] } }),
      users.create({ body: { email: one, username: other, roles: ['admin'] } }),
    ]);
    const tooOld = refusal(403, 'reauthentication_required');
    for (const answer of answers) expect(answer).toMatchObject(tooOld);
  });

  it('becomes no younger when its token is refreshed', async () => {
    const { id, client, tokens } = await signIn(app, await createPerson(app, { roles: ['admin'] }));
    const before = tokens().accessToken;
    app.clock.advance({ minutes: 11 });
    const place = { userId: (await insertUser(app)).id, roleId: (await aRole()).id };
    const answer = await client.users.assignRole(place);
    expect(answer).toMatchObject(refusal(403, 'reauthentication_required'));
    expect(tokens().accessToken).not.toBe(before);
    expect(await client.users.get({ userId: id })).toMatchObject({ status: 200 });
    admin = await anAdministrator(app);
  });
});
