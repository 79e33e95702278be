import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertUser } from '../../kit/build.ts';
import {
  aMember,
  anAdministrator,
  type Caller,
  createPerson,
  newPerson,
  type Person,
  signIn,
} from '../../kit/callers.ts';
import { collide } from '../../kit/collide.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
let admin: Caller;
let users: Client['users'];

beforeAll(async () => {
  admin = await anAdministrator(app);
  users = admin.client.users;
});

const verbs = ['deactivate', 'activate', 'restore'] as const;
const unknownId = '01994c1e-7a00-7d10-8a39-2b7cb6a4c001';
const signedOut = refusal(401, 'unauthenticated');

function login({ username: identifier, password }: Person) {
  return app.client().auth.login({ body: { identifier, password, delivery: 'tokens' } });
}

async function aRemovedUser() {
  const person = newPerson();
  return insertUser(app, {
    email: person.email,
    username: person.username,
    roles: ['member'],
    deletedAt: app.clock.now(),
  });
}

describe('users.deactivate', () => {
  it('ends bearer, cookie and refresh at once', async () => {
    const person = await aMember(app);
    const { client: browser } = await openBrowser(app, person);
    const { refreshToken } = person.tokens();
    const user = await unwrap(users.deactivate({ userId: person.id }));
    expect(user).toMatchObject({ id: person.id, isActive: false, roles: ['member'] });
    expect(await person.client.me.get()).toMatchObject(signedOut);
    expect(await browser.me.get()).toMatchObject(signedOut);
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
  });

  it('lets nobody in, and says why to who knows the password', async () => {
    const person = await createPerson(app);
    await unwrap(users.deactivate({ userId: person.id }));
    expect(await login(person)).toMatchObject(refusal(403, 'account_disabled'));
  });

  it('stops a sign-in that is on its way', async () => {
    const person = await createPerson(app);
    const deactivation = (trx: Database) =>
      trx('users').where({ id: person.id }).update({ deactivatedAt: app.clock.now() });
    const [answer] = await collide(app, deactivation, [() => login(person)]);
    expect(answer).toMatchObject(refusal(403, 'account_disabled'));
  });
});

describe('users.activate', () => {
  it('lets the person sign in anew; what ended stays ended', async () => {
    const person = await aMember(app);
    await unwrap(users.deactivate({ userId: person.id }));
    const user = await unwrap(users.activate({ userId: person.id }));
    expect(user).toMatchObject({ id: person.id, isActive: true });
    expect(await person.client.me.get()).toMatchObject(signedOut);
    expect(await login(person)).toMatchObject({ status: 200 });
  });
});

describe('users.restore', () => {
  it('brings a removed account back with its roles; what ended stays ended', async () => {
    const person = await aMember(app);
    await unwrap(users.remove({ userId: person.id }));
    const user = await unwrap(users.restore({ userId: person.id }));
    expect(user).toMatchObject({ id: person.id, email: person.email, roles: ['member'] });
    expect(await person.client.me.get()).toMatchObject(signedOut);
    expect(await login(person)).toMatchObject({ status: 200 });
  });

  it('leaves a deactivated account deactivated', async () => {
    const { id: userId } = await insertUser(app);
    await unwrap(users.deactivate({ userId }));
    await unwrap(users.remove({ userId }));
    expect(await unwrap(users.restore({ userId }))).toMatchObject({ isActive: false });
  });

  it.each([
    ['email', 'email_taken'],
    ['username', 'username_taken'],
  ] as const)('is refused when the %s was taken meanwhile', async (field, code) => {
    const { id: userId, [field]: value } = await aRemovedUser();
    await insertUser(app, { [field]: value });
    expect(await users.restore({ userId })).toMatchObject(refusal(409, code));
    expect(await users.get({ userId })).toMatchObject(refusal(404, 'not_found'));
  });
});

describe('deactivating, activating, restoring', () => {
  it('twice is once', async () => {
    const { id: userId } = await insertUser(app);
    for (const verb of verbs) {
      const body = { isActive: verb !== 'deactivate' };
      expect(await users[verb]({ userId })).toMatchObject({ status: 200, body });
      expect(await users[verb]({ userId })).toMatchObject({ status: 200, body });
    }
  });

  it('needs an account that exists', async () => {
    const removed = await aRemovedUser();
    for (const verb of verbs) {
      expect(await users[verb]({ userId: unknownId })).toMatchObject(refusal(404, 'not_found'));
    }
    for (const verb of ['deactivate', 'activate'] as const) {
      const answer = await users[verb]({ userId: removed.id });
      expect(answer).toMatchObject(refusal(404, 'not_found'));
    }
  });

  it('is not for members', async () => {
    const { headers } = await quickSession(app);
    const { id: userId } = await insertUser(app);
    for (const verb of verbs) {
      const answer = await app.client(sending(headers)).users[verb]({ userId });
      expect(answer).toMatchObject(refusal(403, 'permission_denied'));
    }
  });

  it('is refused for an account that holds more than the caller', async () => {
    const { headers } = await quickSession(app, { permissions: ['users:read', 'users:manage'] });
    const { id: userId } = await insertUser(app, { roles: ['admin'] });
    for (const verb of verbs) {
      const answer = await app.client(sending(headers)).users[verb]({ userId });
      expect(answer).toMatchObject(refusal(403, 'permission_denied'));
    }
  });

  it('oneself is refused, however the id is written', async () => {
    for (const userId of [admin.id, admin.id.toUpperCase()]) {
      const answer = await users.deactivate({ userId });
      expect(answer).toMatchObject(refusal(403, 'own_account_protected'));
    }
  });
});

describe('users.statistics', () => {
  it('counts the accounts by their state', async () => {
    const before = await unwrap(users.statistics());
    const now = app.clock.now();
    const month = 31 * 86_400_000;
    await insertUser(app);
    await insertUser(app, { createdAt: new Date(now.getTime() - month) });
    await insertUser(app, { deactivatedAt: now });
    await insertUser(app, { deletedAt: now, deactivatedAt: now });
    // One pass over the table for all who ask within ten seconds.
    expect(await unwrap(users.statistics())).toEqual(before);
    app.clock.advance({ seconds: 10 });
    expect(await unwrap(users.statistics())).toEqual({
      total: before.total + 3,
      active: before.active + 2,
      deactivated: before.deactivated + 1,
      removed: before.removed + 1,
      createdLast30Days: before.createdLast30Days + 2,
    });
  });

  it('is not for members', async () => {
    const { client } = await signIn(app, await createPerson(app));
    expect(await client.users.statistics()).toMatchObject(refusal(403, 'permission_denied'));
  });
});
