import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
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
import { collide, writesTo } from '../../kit/collide.ts';

const app = useApp();
let admin: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
});

function update(user: { id: string }, body: object, { client } = admin) {
  return client.users.update({ userId: user.id, body });
}

describe('users.update', () => {
  it('changes what is sent and leaves the rest', async () => {
    const person = await createPerson(app, { fullName: 'Ada Lovelace' });
    const { email, username } = newPerson();
    const rest = { id: person.id, roles: ['member'], isActive: true };
    expect(await unwrap(update(person, { email }))).toMatchObject({
      ...rest,
      email,
      username: person.username,
      fullName: 'Ada Lovelace',
    });
    expect(await unwrap(update(person, { username }))).toMatchObject({ ...rest, email, username });
  });

  it('changes e-mail address and username at once', async () => {
    const { email, username } = newPerson();
    const user = await unwrap(update(await insertUser(app), { email, username }));
    expect(user).toMatchObject({ email, username });
  });

  it('changes nothing when nothing is sent', async () => {
    const { id, email, username } = await insertUser(app, { fullName: 'Ada' });
    const user = await unwrap(update({ id }, {}));
    expect(user).toMatchObject({ id, email, username, fullName: 'Ada' });
  });

  it('takes the own unchanged values, in any spelling', async () => {
    const user = await insertUser(app);
    const { email, username } = user;
    for (const body of [{ email, username }, { email }, { username }]) {
      expect(await update(user, body)).toMatchObject({ status: 200 });
    }
    const loud = { email: email.toUpperCase(), username: username.toUpperCase() };
    expect(await unwrap(update(user, loud))).toMatchObject({ email, username });
  });

  it("refuses another account's e-mail address, alone or beside a free username", async () => {
    const user = await insertUser(app);
    const { email } = await insertUser(app);
    const { username } = newPerson();
    for (const body of [{ email }, { email: ` ${email.toUpperCase()}` }, { email, username }]) {
      expect(await update(user, body)).toMatchObject(refusal(409, 'email_taken'));
    }
    expect(await unwrap(update(user, {}))).toMatchObject({ username: user.username });
  });

  it("refuses another account's username, alone or beside a free e-mail address", async () => {
    const user = await insertUser(app);
    const { username } = await insertUser(app);
    const { email } = newPerson();
    for (const body of [{ username }, { username: username.toUpperCase() }, { email, username }]) {
      expect(await update(user, body)).toMatchObject(refusal(409, 'username_taken'));
    }
    expect(await unwrap(update(user, {}))).toMatchObject({ email: user.email });
  });

  it('names the e-mail address first when both are taken', async () => {
    const { email, username } = await insertUser(app);
    const answer = await update(await insertUser(app), { email, username });
    expect(answer).toMatchObject(refusal(409, 'email_taken'));
  });

  it('takes the address and name of a removed account', async () => {
    const { email, username } = await insertUser(app, { deletedAt: app.clock.now() });
    const answer = await update(await insertUser(app), { email, username });
    expect(answer).toMatchObject({ status: 200 });
  });

  it('gives a username to one of ten accounts that ask for it at once', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, () => insertUser(app)));
    const { username } = newPerson();
    const calls = users.map((user) => () => update(user, { username }));
    const answers = await collide(app, writesTo('users'), calls);
    expect(tally(answers)).toEqual({ 200: 1, 409: 9 });
  });

  it('clears the full name by null', async () => {
    const user = await insertUser(app, { fullName: 'Ada' });
    expect(await unwrap(update(user, { fullName: null }))).toMatchObject({ fullName: null });
  });

  it('takes the proof of the e-mail address away with the address', async () => {
    const user = await insertUser(app, { emailVerifiedAt: app.clock.now() });
    const same = await unwrap(update(user, { email: user.email.toUpperCase() }));
    const other = await unwrap(update(user, { email: newPerson().email }));
    expect([same.isEmailVerified, other.isEmailVerified]).toEqual([true, false]);
  });

  it('records when', async () => {
    const user = await insertUser(app);
    app.clock.advance({ seconds: 30 });
    const { createdAt, updatedAt } = await unwrap(update(user, { fullName: 'Ada' }));
    expect(createdAt).toBe(user.createdAt.toISOString());
    expect(updatedAt).toBe(app.clock.now().toISOString());
  });

  it('knows neither unknown nor removed accounts', async () => {
    const removed = await insertUser(app, { deletedAt: app.clock.now() });
    const unknown = { id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' };
    for (const user of [removed, unknown]) {
      expect(await update(user, { fullName: 'Ada' })).toMatchObject(refusal(404, 'not_found'));
    }
  });

  it('is refused to members, for themselves too', async () => {
    const member = await aMember(app);
    const answer = await update(member, { fullName: 'Ada' }, member);
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it.each([
    ['email', { email: null }],
    ['username', { username: 'a b' }],
    ['fullName', { fullName: '' }],
    ['roles', { roles: null }],
    ['password', { password: 'a new passphrase' }],
    ['isActive', { isActive: false }],
    ['id', { id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }],
  ])('refuses an invalid %s: %j', async (field, body) => {
    expect(await update(await insertUser(app), body)).toMatchObject(invalid(field));
  });
});

describe('the roles of an account', () => {
  it('are replaced as a whole', async () => {
    const user = await createPerson(app, { roles: ['member'] });
    expect(await unwrap(update(user, { roles: ['admin'] }))).toMatchObject({ roles: ['admin'] });
    expect(await unwrap(update(user, { roles: [] }))).toMatchObject({ roles: [] });
  });

  it('work on the next request', async () => {
    const member = await aMember(app);
    await update(member, { roles: ['admin'] });
    expect(await member.client.users.create({ body: newPerson() })).toMatchObject({ status: 201 });
    await update(member, { roles: [] });
    const answer = await member.client.users.list();
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('are not changed by oneself, however the id is written', async () => {
    for (const id of [admin.id, admin.id.toUpperCase()]) {
      const answer = await update({ id }, { roles: ['admin', 'member'] });
      expect(answer).toMatchObject(refusal(403, 'own_account_protected'));
    }
    expect(await update(admin, { fullName: 'Root' })).toMatchObject({ status: 200 });
  });

  it('are unchanged when another part of the change is refused', async () => {
    const user = await createPerson(app);
    const { email } = await insertUser(app);
    expect(await update(user, { roles: [], email })).toMatchObject(refusal(409, 'email_taken'));
    expect(await unwrap(update(user, {}))).toMatchObject({ roles: ['member'] });
  });

  it('name the one that does not exist', async () => {
    const answer = await update(await insertUser(app), { roles: ['member', 'no-such-role'] });
    expect(answer).toMatchObject(invalid('roles.1', 'unknown_role'));
  });

  it('are given by who holds what they grant, and not taken from who is protected', async () => {
    const role = await insertRole(app, ['users:read', 'users:manage', 'roles:manage']);
    const manager = await signIn(app, await createPerson(app, { roles: [role] }));
    const superior = await createPerson(app, { roles: ['admin'] });
    const denied = refusal(403, 'permission_denied');
    expect(await update(await insertUser(app), { roles: ['admin'] }, manager)).toMatchObject(
      denied,
    );
    expect(await update(superior, { roles: ['member'] }, manager)).toMatchObject(denied);
    const equal = await insertUser(app, { roles: [role] });
    expect(await update(equal, { roles: [] }, manager)).toMatchObject({ ok: true });
    expect(await update(equal, { roles: [role] }, manager)).toMatchObject({ ok: true });
  });
});
