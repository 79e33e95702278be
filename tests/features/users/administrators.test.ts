import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { permissionNames } from '../../../contract/kit/permissions.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { User, UserRole } from '../../../server/features/users/model.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { type Caller, createPerson, signIn } from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';

const app = useApp();
const refused = refusal(409, 'last_administrator');

/** From now on these are all administrators there are. */
async function theOnlyAdministrators(count: number): Promise<Caller[]> {
  await UserRole.query(app.db).delete();
  const people = Array.from({ length: count }, () => createPerson(app, { roles: ['admin'] }));
  return Promise.all((await Promise.all(people)).map((person) => signIn(app, person)));
}

/** Somebody who may do everything, but by another role. */
async function aDeputy(): Promise<Caller> {
  const role = await insertRole(app, permissionNames);
  return signIn(app, await createPerson(app, { roles: [role] }));
}

async function holdsRole({ id }: Caller): Promise<boolean> {
  const user = await User.query(app.db).findById(id).withGraphFetched('roles');
  return user?.roles?.some(({ name }) => name === 'admin') ?? false;
}

describe('the last administrator', () => {
  it('is not demoted', async () => {
    const [admin] = await theOnlyAdministrators(1);
    const { client } = await aDeputy();
    for (const roles of [[], ['member']]) {
      const answer = await client.users.update({ userId: `${admin?.id}`, body: { roles } });
      expect(answer).toMatchObject(refused);
    }
  });

  it('is not removed', async () => {
    const [admin] = await theOnlyAdministrators(1);
    const { client } = await aDeputy();
    expect(await client.users.remove({ userId: `${admin?.id}` })).toMatchObject(refused);
    expect(await admin?.client.me.get()).toMatchObject({ status: 200 });
  });

  it('is not deactivated, and the role is not taken', async () => {
    const [admin] = await theOnlyAdministrators(1);
    const { client } = await aDeputy();
    const { id: roleId } = await Role.query(app.db).findOne({ name: 'admin' }).throwIfNotFound();
    const userId = `${admin?.id}`;
    expect(await client.users.deactivate({ userId })).toMatchObject(refused);
    expect(await client.users.takeRole({ userId, roleId })).toMatchObject(refused);
    expect(await admin?.client.me.get()).toMatchObject({ status: 200 });
  });

  it('gets further roles and other changes', async () => {
    const [admin] = await theOnlyAdministrators(1);
    const { client } = await aDeputy();
    const body = { roles: ['member', 'admin'], fullName: 'Ada' };
    const answer = await client.users.update({ userId: `${admin?.id}`, body });
    expect(answer).toMatchObject({ status: 200, body: { roles: ['admin', 'member'] } });
  });

  it('is last although others are deactivated', async () => {
    const [admin, inactive] = await theOnlyAdministrators(2);
    await User.query(app.db).findById(`${inactive?.id}`).patch({ deactivatedAt: app.clock.now() });
    const { client } = await aDeputy();
    expect(await client.users.remove({ userId: `${admin?.id}` })).toMatchObject(refused);
    expect(await client.users.remove({ userId: `${inactive?.id}` })).toMatchObject({ status: 204 });
  });

  it('remains when two demote each other at once', async () => {
    const [one, two] = (await theOnlyAdministrators(2)) as [Caller, Caller];
    const body = { roles: ['member'] };
    const answers = await collide(app, writesTo('users', 'user_roles'), [
      () => one.client.users.update({ userId: two.id, body }),
      () => two.client.users.update({ userId: one.id, body }),
    ]);
    expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
    expect([await holdsRole(one), await holdsRole(two)].filter(Boolean)).toHaveLength(1);
  });

  it('remains when all are removed or demoted at once', async () => {
    const admins = await theOnlyAdministrators(4);
    const { users } = (await aDeputy()).client;
    const calls = admins.map(({ id: userId }, index) => async () => {
      const isRemoval = index % 2 === 0;
      return isRemoval ? users.remove({ userId }) : users.update({ userId, body: { roles: [] } });
    });
    const answers = await collide(app, writesTo('users', 'user_roles'), calls);
    expect(tally(answers)[409]).toBe(1);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  });
});

describe('an administrator beside another', () => {
  it('is demoted and removed', async () => {
    const [one, two, three] = (await theOnlyAdministrators(3)) as [Caller, Caller, Caller];
    const body = { roles: [] };
    expect(await unwrap(one.client.users.update({ userId: two.id, body }))).toMatchObject(body);
    expect(await one.client.users.remove({ userId: three.id })).toMatchObject({ status: 204 });
  });
});
