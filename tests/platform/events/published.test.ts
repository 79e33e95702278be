import { expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import type { EventName } from '../../../contract/events.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, insertUser, roleIdOf } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, newPerson } from '../../kit/callers.ts';

const app = useApp();

/** What happened to an account while the work was done, in order. */
async function eventsDuring(userId: () => string, work: () => Promise<unknown>) {
  const seen = new Set((await app.db('events').select('id')).map(({ id }) => id));
  await work();
  const rows = await app.db('events').orderBy('id');
  return rows
    .filter(({ id, data }) => !seen.has(id) && data.userId === userId())
    .map(({ name, data }) => [name, withoutIds(data)]);
}

function withoutIds(data: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !name.endsWith('Id')));
}

interface Scene {
  readonly administrator: Client;
  readonly member: Caller;
}

type Happening = (scene: Scene) => Promise<unknown>;

const ended = (reason: string): [EventName, object] => ['session.ended', { reason }];

const table: Record<string, [Happening, ...[EventName, object][]]> = {
  'a change of a field': [
    ({ administrator, member }) =>
      unwrap(administrator.users.update({ userId: member.id, body: { fullName: 'Ada' } })),
    ['account.updated', { changed: ['fullName'] }],
  ],
  'a role that is given': [
    async ({ administrator, member }) => {
      const roleId = await roleIdOf(app, await insertRole(app, []));
      await unwrap(administrator.users.assignRole({ userId: member.id, roleId }));
    },
    ['account.roles_changed', {}],
  ],
  'roles that are named': [
    ({ administrator, member }) =>
      unwrap(administrator.users.update({ userId: member.id, body: { roles: [] } })),
    ['account.roles_changed', {}],
  ],
  'deactivation and activation, each once': [
    async ({ administrator: { users }, member: { id: userId } }) => {
      for (const verb of ['deactivate', 'deactivate', 'activate', 'activate'] as const) {
        await unwrap(users[verb]({ userId }));
      }
    },
    ended('deactivated'),
    ['account.deactivated', {}],
    ['account.activated', {}],
  ],
  'removal and restoration': [
    async ({ administrator: { users }, member: { id: userId } }) => {
      await unwrap(users.remove({ userId }));
      await unwrap(users.restore({ userId }));
    },
    ended('removed'),
    ['account.removed', {}],
    ['account.restored', {}],
  ],
  'a new password': [
    ({ member: { client, password: currentPassword } }) =>
      unwrap(
        client.me.changePassword({
          body: { currentPassword, newPassword: 'a quiet river at dawn' },
        }),
      ),
    ['account.password_changed', {}],
  ],
  'a sign-out': [({ member }) => unwrap(member.client.auth.logout()), ended('logout')],
};

it.each(Object.entries(table))('%s is told', async (_, [happening, ...expected]) => {
  const scene = { administrator: (await anAdministrator(app)).client, member: await aMember(app) };
  expect(
    await eventsDuring(
      () => scene.member.id,
      () => happening(scene),
    ),
  ).toEqual(expected);
});

it('a new account is told', async () => {
  const { client } = await anAdministrator(app);
  let id = '';
  const create = async () => {
    ({ id } = await unwrap(client.users.create({ body: newPerson() })));
  };
  expect(await eventsDuring(() => id, create)).toEqual([['account.created', {}]]);
});

it('every session that ends is told, and what changes nothing is not', async () => {
  const member = await aMember(app);
  const { username: identifier, password } = member;
  const body = { identifier, password, delivery: 'tokens' } as const;
  await unwrap(app.client().auth.login({ body }));
  await unwrap(app.client().auth.login({ body }));
  const other = await insertUser(app, {});
  const endOthers = () => unwrap(member.client.sessions.endOthers());
  expect(await eventsDuring(() => member.id, endOthers)).toEqual([
    ended('ended_by_user'),
    ended('ended_by_user'),
  ]);
  expect(await eventsDuring(() => member.id, endOthers)).toEqual([]);
  expect(await eventsDuring(() => other.id, endOthers)).toEqual([]);
});
