import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Client } from '../../../client/index.ts';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { openFeatures } from '../../../server/features.ts';
import type { Actor } from '../../../server/platform/auth/actor.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { openPlatform } from '../../../server/platform/platform.ts';
import { refusal } from '../../kit/answers.ts';
import { recordingLog, useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { collide } from '../../kit/collide.ts';
import { sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const denied = refusal(403, 'permission_denied');

async function aManager(...permissions: Permission[]): Promise<Client> {
  const { headers } = await quickSession(app, { permissions });
  return app.client(sending(headers));
}

async function aRole(...permissions: Permission[]): Promise<Role> {
  const name = await insertRole(app, permissions);
  return Role.query(app.db).findOne({ name }).throwIfNotFound();
}

/** What all members hold from now on. */
async function membersHold(permission: Permission): Promise<void> {
  const member = await Role.query(app.db).findOne({ name: 'member' }).throwIfNotFound();
  await app.db('rolePermissions').insert({ roleId: member.id, permission });
  onTestFinished(async () => {
    await app.db('rolePermissions').where({ roleId: member.id, permission }).delete();
  });
}

describe('a manager of accounts', () => {
  it('acts on members, also when they hold what the manager does not', async () => {
    const { users } = await aManager('users:manage');
    await membersHold('health:read');
    const { id: userId } = await insertUser(app, { roles: ['member'] });
    expect(await users.update({ userId, body: { fullName: 'Ada' } })).toMatchObject({ ok: true });
    for (const verb of ['deactivate', 'activate', 'remove', 'restore'] as const) {
      expect(await users[verb]({ userId })).toMatchObject({ ok: true });
    }
  });

  it('does not act on them once that protects them', async () => {
    const { users } = await aManager('users:manage');
    await membersHold('audit:read');
    const { id: userId } = await insertUser(app, { roles: ['member'] });
    expect(await users.update({ userId, body: { fullName: 'Ada' } })).toMatchObject(denied);
    for (const verb of ['deactivate', 'activate', 'remove', 'restore'] as const) {
      expect(await users[verb]({ userId })).toMatchObject(denied);
    }
  });

  it('makes members, whatever those hold', async () => {
    const { users } = await aManager('users:manage');
    await membersHold('audit:read');
    const username = `u-${randomUUID()}`;
    const body = { username, email: `${username}@example.com` };
    const answer = await users.create({ body });
    expect(answer).toMatchObject({ status: 201, body: { roles: ['member'] } });
  });
});

describe('a manager of roles', () => {
  it('knows no account that is deactivated, unless accounts are theirs to manage', async () => {
    const { id: userId } = await insertUser(app, { deactivatedAt: app.clock.now() });
    const { id: roleId } = await aRole();
    for (const verb of ['assignRole', 'takeRole'] as const) {
      const hidden = (await aManager('roles:manage')).users[verb]({ userId, roleId });
      expect(await hidden).toMatchObject(refusal(404, 'not_found'));
      const seen = (await aManager('roles:manage', 'users:manage')).users[verb]({ userId, roleId });
      expect(await seen).toMatchObject({ status: 204 });
    }
  });
});

describe('a password', () => {
  it('is not reset on an account that is protected from whoever asks', async () => {
    const platform = openPlatform(app.config, { clock: app.clock, log: recordingLog().log });
    onTestFinished(() => platform.close());
    const { lifecycle } = openFeatures(platform).users;
    const actor: Actor = {
      id: randomUUID(),
      kind: 'person',
      roles: [],
      permissions: new Set(['users:manage']),
    };
    const { id } = await insertUser(app, { roles: [(await aRole('audit:read')).name] });
    const reset = lifecycle.reset(actor, id, 'a long enough passphrase');
    await expect(reset).rejects.toMatchObject({ code: 'permission_denied' });
    expect(await User.query(app.db).findById(id)).toMatchObject({ passwordHash: null });
  });
});

describe('a role that gets stronger at this moment', () => {
  /** As `roles.grant` does it, and not committed yet. */
  const grantOf = ({ id: roleId }: Role) => {
    return async (trx: Database) => {
      await trx('roles').where({ id: roleId }).forUpdate();
      await trx('rolePermissions').insert({ roleId, permission: 'audit:read' });
    };
  };

  it('is neither given by who does not hold it all, by whichever path, nor renamed', async () => {
    const { users, roles } = await aManager('users:manage', 'roles:manage');
    const [one, other] = [await insertUser(app), await insertUser(app)];
    const role = await aRole();
    const { id: roleId, name } = role;
    const username = `u-${randomUUID()}`;
    const answers = await collide<unknown>(app, grantOf(role), [
      () => users.assignRole({ userId: one.id, roleId }),
      () => users.update({ userId: other.id, body: { roles: [name] } }),
      () => users.create({ body: { username, email: `${username}@example.com`, roles: [name] } }),
      () => roles.update({ roleId, body: { name: `r-${randomUUID()}` } }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject(denied);
  });
});

describe('an account that is put to rest at this moment', () => {
  it.each([
    ['activate', 'deactivatedAt'],
    ['restore', 'deletedAt'],
  ] as const)('does not %s itself', async (verb, column) => {
    const { headers, userId } = await quickSession(app, { permissions: ['users:manage'] });
    const rest = (trx: Database) =>
      trx('users')
        .where({ id: userId })
        .update({ [column]: app.clock.now() });
    const { users } = app.client(sending(headers));
    const [answer] = await collide(app, rest, [() => users[verb]({ userId })]);
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
    expect(await app.db('users').where({ id: userId }).whereNotNull(column)).toHaveLength(1);
  });
});

describe('an account that gets stronger at this moment', () => {
  it('is acted on by nobody who holds less', async () => {
    const { users } = await aManager('users:manage', 'roles:manage');
    const { id: userId } = await insertUser(app);
    const [strong, weak] = [await aRole('audit:read'), await aRole()];
    const gift = async (trx: Database) => {
      await trx('users').where({ id: userId }).forUpdate();
      await trx('userRoles').insert({ userId, roleId: strong.id });
    };
    const answers = await collide<unknown>(app, gift, [
      () => users.update({ userId, body: { fullName: 'Ada' } }),
      () => users.deactivate({ userId }),
      () => users.assignRole({ userId, roleId: weak.id }),
      () => users.takeRole({ userId, roleId: strong.id }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject(denied);
  });
});
