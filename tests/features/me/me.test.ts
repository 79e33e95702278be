import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { permissionNames } from '../../../contract/kit/permissions.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { aMember, anAdministrator, createPerson, newPerson, signIn } from '../../kit/callers.ts';

const app = useApp();

describe('me.get', () => {
  it('answers the own account with its roles and what they grant', async () => {
    const role = await insertRole(app, ['users:read']);
    const person = await createPerson(app, { roles: [role] });
    const { client, id, email, username } = await signIn(app, person);
    expect(await unwrap(client.me.get())).toMatchObject({
      view: 'full',
      id,
      email,
      username,
      isActive: true,
      roles: [role],
      permissions: ['users:read'],
    });
  });

  it('answers all that several roles grant, once and sorted', async () => {
    const person = await createPerson(app, { roles: ['member', 'admin'] });
    const { client } = await signIn(app, person);
    expect(await unwrap(client.me.get())).toMatchObject({
      roles: ['admin', 'member'],
      permissions: [...permissionNames].sort(),
    });
  });

  it('needs no permission', async () => {
    const { client } = await signIn(app, await createPerson(app, { roles: [] }));
    expect(await unwrap(client.me.get())).toMatchObject({ roles: [], permissions: [] });
  });

  it('knows of an edited role on the next request', async () => {
    const name = await insertRole(app, []);
    const { client } = await signIn(app, await createPerson(app, { roles: [name] }));
    expect(await client.users.list()).toMatchObject(refusal(403, 'permission_denied'));
    const { id: roleId } = await Role.query(app.db).findOne({ name }).throwIfNotFound();
    const admin = await anAdministrator(app);
    await unwrap(admin.client.roles.grant({ roleId, permission: 'users:read' }));
    expect(await unwrap(client.me.get())).toMatchObject({ permissions: ['users:read'] });
    expect(await client.users.list()).toMatchObject({ status: 200 });
  });

  it('asks for a sign-in', async () => {
    const answer = await app.client().me.get();
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('me.update', () => {
  it('changes the username and the full name', async () => {
    const { client, id } = await aMember(app);
    const { username } = newPerson();
    const body = { username: username.toUpperCase(), fullName: ' Ada King ' };
    const me = await unwrap(client.me.update({ body }));
    expect(me).toMatchObject({ id, username, fullName: 'Ada King', roles: ['member'] });
    expect(await unwrap(client.me.get())).toEqual(me);
  });

  it('clears the full name by null', async () => {
    const { client } = await signIn(app, await createPerson(app, { fullName: 'Ada' }));
    const { fullName } = await unwrap(client.me.update({ body: { fullName: null } }));
    expect(fullName).toBeNull();
  });

  it('takes the own unchanged username and refuses a taken one', async () => {
    const { client, username } = await aMember(app);
    const other = await insertUser(app);
    expect(await client.me.update({ body: { username } })).toMatchObject({ status: 200 });
    const answer = await client.me.update({ body: { username: other.username } });
    expect(answer).toMatchObject(refusal(409, 'username_taken'));
  });

  it.each([
    ['email', { email: 'new@example.com' }],
    ['roles', { roles: ['admin'] }],
    ['isActive', { isActive: true }],
    ['username', { username: 'admin' }],
    ['username', { username: null }],
    ['fullName', { fullName: '' }],
  ])('refuses an invalid %s: %j', async (field, body) => {
    const { client } = await anAdministrator(app);
    expect(await client.me.update({ body: body as object })).toMatchObject(invalid(field));
  });
});
