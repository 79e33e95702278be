import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { type Permission, permissionNames } from '../../../contract/kit/permissions.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, createPerson, signIn } from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
let admin: Caller;
let manager: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
  const roles = [await insertRole(app, ['roles:read', 'roles:manage'])];
  manager = await signIn(app, await createPerson(app, { roles }));
});

const newName = () => `r-${randomUUID()}`;
const denied = refusal(403, 'permission_denied');
const taken = refusal(409, 'role_name_taken');
const isProtected = refusal(409, 'system_role_protected');

function create(fields: object = {}, { client } = admin) {
  return client.roles.create({ body: { name: newName(), ...fields } });
}

async function aRole(...permissions: Permission[]) {
  return unwrap(create({ permissions }));
}

async function systemRole(name: 'admin' | 'member') {
  const { items } = await unwrap(admin.client.roles.list({ limit: 200 }));
  const found = items.find((role) => role.name === name);
  if (!found) throw new Error(`There is no role ${name}`);
  return found;
}

/** A member who has this role, too. */
async function aHolder(roleId: string): Promise<Caller> {
  const member = await aMember(app);
  await unwrap(admin.client.users.assignRole({ roleId, userId: member.id }));
  return member;
}

describe('roles.list', () => {
  it('pages through the roles with what each grants', async () => {
    await aRole();
    const page = await unwrap(admin.client.roles.list({ limit: 2, includeTotal: true }));
    const next = await unwrap(
      admin.client.roles.list({ limit: 200, cursor: page.nextCursor ?? '' }),
    );
    const all = [...page.items, ...next.items];
    expect(all).toHaveLength(page.total ?? 0);
    const known = all.find(({ name }) => name === 'admin');
    expect(known).toMatchObject({ isSystem: true, permissions: [...permissionNames].sort() });
  });

  it('takes the permission, as does a single role', async () => {
    const { client } = await aMember(app);
    const { id: roleId } = await aRole();
    expect(await client.roles.list()).toMatchObject(denied);
    expect(await client.roles.get({ roleId })).toMatchObject(denied);
  });
});

describe('roles.create', () => {
  it('creates a role that grants each permission once', async () => {
    const name = newName();
    const permissions = ['users:read', 'audit:read', 'users:read'];
    const role = await unwrap(create({ name, permissions, description: ' Reads. ' }));
    expect(role).toMatchObject({ name, isSystem: false, description: 'Reads.' });
    expect(role.permissions).toEqual(['audit:read', 'users:read']);
    expect(await unwrap(admin.client.roles.get({ roleId: role.id }))).toEqual(role);
  });

  it('lets nobody grant what they do not hold', async () => {
    expect(await create({ permissions: ['audit:read'] }, manager)).toMatchObject(denied);
    expect(await create({ permissions: ['roles:read'] }, manager)).toMatchObject({ status: 201 });
  });

  it('gives a name to one of five that ask for it at once', async () => {
    const name = newName();
    const calls = Array.from({ length: 5 }, () => () => create({ name }));
    const answers = await collide(app, writesTo('roles'), calls);
    expect(tally(answers)).toEqual({ 201: 1, 409: 4 });
    expect(await create({ name })).toMatchObject(taken);
  });

  it.each([
    ['name', { name: 'A' }],
    ['name', { name: '1st' }],
    ['permissions.0', { permissions: ['users:eat'] }],
    ['isSystem', { isSystem: true }],
  ])('refuses an invalid %s: %j', async (field, body) => {
    expect(await create(body)).toMatchObject(invalid(field));
  });
});

describe('roles.update', () => {
  it('changes the name and the description, and clears it by null', async () => {
    const { id: roleId } = await aRole('users:read');
    const name = newName();
    const body = { name, description: 'Reads.' };
    const role = await unwrap(admin.client.roles.update({ roleId, body }));
    expect(role).toMatchObject({ ...body, permissions: ['users:read'] });
    const cleared = await unwrap(
      admin.client.roles.update({ roleId, body: { description: null } }),
    );
    expect(cleared).toMatchObject({ name, description: null });
  });

  it('takes the own name and refuses that of another', async () => {
    const [{ id: roleId, name }, other] = [await aRole(), await aRole()];
    expect(await admin.client.roles.update({ roleId, body: { name } })).toMatchObject({ ok: true });
    const answer = await admin.client.roles.update({ roleId, body: { name: other.name } });
    expect(answer).toMatchObject(taken);
  });

  it('leaves system roles their name', async () => {
    const { id: roleId, name, description } = await systemRole('member');
    const answer = await admin.client.roles.update({ roleId, body: { name: newName() } });
    expect(answer).toMatchObject(isProtected);
    const same = await admin.client.roles.update({ roleId, body: { name, description } });
    expect(same).toMatchObject({ ok: true });
  });
});

describe('roles.remove', () => {
  it('leaves the caller the roles that they hold themselves', async () => {
    const { id: roleId } = await aRole('roles:manage');
    const name = (await unwrap(admin.client.roles.get({ roleId }))).name;
    const { headers } = await quickSession(app, { roles: [name] });
    const answer = await app.client(sending(headers)).roles.remove({ roleId });
    expect(answer).toMatchObject(refusal(403, 'own_account_protected'));
  });

  it('takes the role from everybody at once', async () => {
    const { id: roleId } = await aRole('audit:read');
    const [one, two] = [await aHolder(roleId), await aHolder(roleId)];
    expect(await one.client.audit.list()).toMatchObject({ status: 200 });
    await unwrap(admin.client.roles.remove({ roleId }));
    for (const { client } of [one, two]) {
      expect(await client.audit.list()).toMatchObject(denied);
      expect(await unwrap(client.me.get())).toMatchObject({ roles: ['member'] });
    }
    expect(await admin.client.roles.get({ roleId })).toMatchObject(refusal(404, 'not_found'));
  });

  it('is refused for system roles, and for what grants more than one holds', async () => {
    for (const name of ['admin', 'member'] as const) {
      const { id: roleId } = await systemRole(name);
      expect(await admin.client.roles.remove({ roleId })).toMatchObject(isProtected);
    }
    const { id: roleId } = await aRole('audit:read');
    expect(await manager.client.roles.remove({ roleId })).toMatchObject(denied);
  });
});

describe('a sign-in of eleven minutes ago', () => {
  it('reads roles and changes none', async () => {
    const { headers } = await quickSession(app, { roles: ['admin'], signedInMinutesAgo: 11 });
    const { roles } = app.client(sending(headers));
    const { id: roleId } = await aRole();
    expect(await roles.get({ roleId })).toMatchObject({ status: 200 });
    const permission = 'users:read';
    const answers = await Promise.all([
      roles.create({ body: { name: newName() } }),
      roles.update({ roleId, body: {} }),
      roles.remove({ roleId }),
      roles.grant({ roleId, permission }),
      roles.revoke({ roleId, permission }),
    ]);
    const tooOld = refusal(403, 'reauthentication_required');
    for (const answer of answers) expect(answer).toMatchObject(tooOld);
  });
});
