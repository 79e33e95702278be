import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import {
  aMember,
  anAdministrator,
  type Caller,
  createPerson,
  newPerson,
  signIn,
} from '../../kit/callers.ts';

const app = useApp();
let admin: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
});

function create(fields: object, { client } = admin) {
  return client.users.create({ body: { ...newPerson(), ...fields } });
}

/** Somebody whose only role grants the management of users, and this. */
async function aManager(...more: Permission[]): Promise<Caller> {
  const role = await insertRole(app, ['users:read', 'users:manage', ...more]);
  return signIn(app, await createPerson(app, { roles: [role] }));
}

describe('users.get', () => {
  it('answers managers the account in full', async () => {
    const { id, email } = await createPerson(app, { roles: ['member', 'admin'] });
    const user = await unwrap(admin.client.users.get({ userId: id }));
    expect(user).toMatchObject({ view: 'full', id, email, roles: ['admin', 'member'] });
  });

  it('answers members a summary, and themselves in full', async () => {
    const { client, id } = await aMember(app);
    const other = await insertUser(app, { fullName: 'Ada' });
    const { username, fullName } = other;
    const summary = { view: 'summary', id: other.id, username, fullName, avatarId: null };
    expect(await unwrap(client.users.get({ userId: other.id }))).toEqual(summary);
    expect(await unwrap(client.users.get({ userId: id }))).toMatchObject({ view: 'full', id });
  });

  it('shows deactivated accounts to managers only', async () => {
    const { client } = await aMember(app);
    const { id: userId } = await insertUser(app, { deactivatedAt: app.clock.now() });
    expect(await unwrap(admin.client.users.get({ userId }))).toMatchObject({ isActive: false });
    expect(await client.users.get({ userId })).toMatchObject(refusal(404, 'not_found'));
  });

  it('knows neither unknown nor removed accounts', async () => {
    const removed = await insertUser(app, { deletedAt: app.clock.now() });
    for (const userId of [removed.id, '01994c1e-7a00-7d10-8a39-2b7cb6a4c001']) {
      const answer = await admin.client.users.get({ userId });
      expect(answer).toMatchObject(refusal(404, 'not_found'));
    }
  });

  it.each(['1', 'me', '01994c1e-7a00-7d10-8a39', "' or 1=1 --"])(
    'refuses the malformed id %j',
    async (userId) => {
      const answer = await admin.client.users.get({ userId });
      const error = { in: 'path', path: 'userId' } as const;
      expect(answer).toMatchObject(refusal(422, 'validation_failed', error));
    },
  );
});

describe('users.create', () => {
  it('creates an account with the member role and never answers the password', async () => {
    const person = newPerson();
    const user = await unwrap(create(person));
    expect(user).toMatchObject({ email: person.email, roles: ['member'], isActive: true });
    expect(JSON.stringify(user)).not.toMatch(/password|argon/i);
  });

  it('creates an account with these roles, with several, or with none', async () => {
    for (const roles of [['admin'], ['admin', 'member'], []]) {
      expect(await unwrap(create({ roles }))).toMatchObject({ roles });
    }
    const twice = await unwrap(create({ roles: ['member', 'member'] }));
    expect(twice.roles).toEqual(['member']);
  });

  it('lets the new account sign in', async () => {
    const person = newPerson();
    const { id } = await unwrap(create(person));
    const { client } = await signIn(app, { id, ...person });
    expect(await client.me.get()).toMatchObject({ status: 200 });
  });

  it('creates an account without a password', async () => {
    const { id } = await unwrap(create({ password: undefined }));
    expect(await User.query(app.db).findById(id)).toMatchObject({ passwordHash: null });
  });

  it('is refused to members and to the anonymous', async () => {
    expect(await create({}, await aMember(app))).toMatchObject(refusal(403, 'permission_denied'));
    const anonymous = await app.client().users.create({ body: newPerson() });
    expect(anonymous).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('names the role that does not exist', async () => {
    const answer = await create({ roles: ['member', 'member', 'no-such-role'] });
    expect(answer).toMatchObject(invalid('roles.2', 'unknown_role'));
  });

  it('says how a name of a role is written, in the words of whoever names one', async () => {
    const { client } = admin;
    const name = 'No Role';
    const answers = [
      await client.roles.create({ body: { name } }),
      await create({ roles: [name] }),
    ];
    const messages = answers.map(({ problem }) => problem?.errors?.map(({ message }) => message));
    const said = [expect.stringContaining('Use 2 to 64 of a-z')];
    expect(messages).toEqual([said, said]);
  });

  it('gives no role that grants more than the caller holds', async () => {
    const manager = await aManager('roles:manage');
    expect(await create({ roles: ['admin'] }, manager)).toMatchObject(
      refusal(403, 'permission_denied'),
    );
    const role = await insertRole(app, ['users:read']);
    expect(await create({ roles: [role] }, manager)).toMatchObject({ status: 201 });
  });

  it('takes the permission to give roles where roles are named', async () => {
    const manager = await aManager();
    const denied = refusal(403, 'permission_denied');
    expect(await create({ roles: ['member'] }, manager)).toMatchObject(denied);
    expect(await create({}, manager)).toMatchObject({ status: 201 });
  });

  it('refuses a taken e-mail address or username, the address first', async () => {
    const { email, username } = await insertUser(app);
    expect(await create({ email })).toMatchObject(refusal(409, 'email_taken'));
    expect(await create({ username: username.toUpperCase() })).toMatchObject(
      refusal(409, 'username_taken'),
    );
    expect(await create({ email, username })).toMatchObject(refusal(409, 'email_taken'));
  });

  it('lets one of five parallel creations win', async () => {
    const { username } = newPerson();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => create({ username })));
    expect(tally(answers)).toEqual({ 201: 1, 409: 4 });
  });

  it.each([
    ['password', { password: 'password' }],
    ['email', { email: 'nonsense' }],
    ['username', { username: 'root' }],
    ['fullName', { fullName: '' }],
    ['roles.0', { roles: ['Not A Role'] }],
    ['isActive', { isActive: false }],
    ['passwordHash', { passwordHash: 'x' }],
  ])('refuses an invalid %s: %j', async (field, change) => {
    expect(await create(change)).toMatchObject(invalid(field));
  });
});
