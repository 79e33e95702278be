import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { type Features, openFeatures } from '../../../server/features.ts';
import { systemActor } from '../../../server/platform/auth/actor.ts';
import { openPlatform, type Platform } from '../../../server/platform/platform.ts';
import { refusal } from '../../kit/answers.ts';
import { recordingLog } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { type QuickSession, quickSession } from '../../kit/quick-session.ts';
import { type CountedApp, startCountedApp } from '../../kit/statements.ts';

const world = {} as { app: CountedApp; admin: Client; elsewhere: Platform & Features };

beforeAll(async () => {
  const app = await startCountedApp();
  const { headers } = await quickSession(app, { roles: ['admin'] });
  // What another process of the same service writes into the same database.
  const platform = openPlatform(app.config, { clock: app.clock, log: recordingLog().log });
  const elsewhere = { ...platform, ...openFeatures(platform) };
  Object.assign(world, { app, admin: app.client(sending(headers)), elsewhere });
});

afterAll(async () => {
  await world.elsewhere.close();
  await world.app.close();
});

/** Somebody who is remembered: their next request reads nothing (a refusal may be audited). */
async function aKnownCaller(kind: 'tokens' | 'cookie', roles: readonly string[] = ['member']) {
  const { app } = world;
  const session = await quickSession(app, { kind, roles });
  const client = app.client(sending(session.headers));
  await look(client);
  const statements = await app.statementsDuring(() => look(client));
  expect(statements.filter((sql) => /^select/i.test(sql))).toEqual([]);
  return { ...session, client };
}

/** Asks for what takes `roles:read` and no database: only the credential check can refuse it. */
const look = (client: Client) => client.permissions.list();

const allowed = { status: 200 };
const forbidden = refusal(403, 'permission_denied');
const signedOut = refusal(401, 'unauthenticated');

async function aRole(...permissions: 'roles:read'[]): Promise<{ id: string; name: string }> {
  const name = await insertRole(world.app, permissions);
  const { id } = await Role.query(world.app.db).findOne({ name }).throwIfNotFound();
  return { id, name };
}

type Known = QuickSession & { client: Client };

describe.each(['tokens', 'cookie'] as const)('a caller who is remembered, by %s,', (kind) => {
  it.each<[string, (who: Known) => Promise<unknown>]>([
    ['who signs out', ({ client }) => unwrap(client.auth.logout())],
    [
      'whose session is ended',
      ({ client, sessionId }) => unwrap(client.sessions.end({ sessionId })),
    ],
    ['who signs out everywhere', ({ client }) => unwrap(client.sessions.endAll())],
    [
      'whose account is deactivated',
      ({ userId }) => unwrap(world.admin.users.deactivate({ userId })),
    ],
    ['whose account is removed', ({ userId }) => unwrap(world.admin.users.remove({ userId }))],
  ])('%s is refused at once', async (_, revoke) => {
    const who = await aKnownCaller(kind);
    await revoke(who);
    expect(await look(who.client)).toMatchObject(signedOut);
  });

  it('loses at once what a role gave that is taken', async () => {
    const role = await aRole('roles:read');
    const { userId, client } = await aKnownCaller(kind, [role.name]);
    expect(await look(client)).toMatchObject(allowed);
    await unwrap(world.admin.users.takeRole({ userId, roleId: role.id }));
    expect(await look(client)).toMatchObject(forbidden);
  });

  it('has at once what a role gives that is assigned', async () => {
    const role = await aRole('roles:read');
    const { userId, client } = await aKnownCaller(kind);
    expect(await look(client)).toMatchObject(forbidden);
    await unwrap(world.admin.users.assignRole({ userId, roleId: role.id }));
    expect(await look(client)).toMatchObject(allowed);
  });

  it('follows at once what their role grants, until it is removed', async () => {
    const role = await aRole();
    const { client } = await aKnownCaller(kind, [role.name]);
    const grant = { roleId: role.id, permission: 'roles:read' } as const;
    await unwrap(world.admin.roles.grant(grant));
    expect(await look(client)).toMatchObject(allowed);
    await unwrap(world.admin.roles.revoke(grant));
    expect(await look(client)).toMatchObject(forbidden);
    await unwrap(world.admin.roles.grant(grant));
    await unwrap(world.admin.roles.remove({ roleId: role.id }));
    expect(await look(client)).toMatchObject(forbidden);
  });

  it('is known by the new name of their role at once', async () => {
    const role = await aRole();
    const { client } = await aKnownCaller(kind, [role.name]);
    const name = `new-${role.name}`.slice(0, 60);
    await unwrap(world.admin.roles.update({ roleId: role.id, body: { name } }));
    expect(await unwrap(client.me.get())).toMatchObject({ roles: [name] });
  });

  it('is refused soon when another process ends the session', async () => {
    const { app, elsewhere } = world;
    const { client, sessionId } = await aKnownCaller(kind);
    await elsewhere.change(systemActor('test'), (tx) =>
      elsewhere.sessions.service.end(tx, sessionId, 'logout'),
    );
    await eventually(async () => expect(await look(client)).toMatchObject(signedOut));
    expect(app.logs.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a caller whom nobody remembers yet', () => {
  it('has the rights of now, though the roles are remembered', async () => {
    const role = await aRole('roles:read');
    await aKnownCaller('tokens', [role.name]);
    const grant = { roleId: role.id, permission: 'roles:read' } as const;
    await unwrap(world.admin.roles.revoke(grant));
    const { headers } = await quickSession(world.app, { roles: [role.name] });
    expect(await look(world.app.client(sending(headers)))).toMatchObject(forbidden);
  });
});

describe('a signing key that is retired', () => {
  it('takes along the tokens that were verified with it', async () => {
    const { app, elsewhere } = world;
    const { client } = await aKnownCaller('tokens');
    const { kid } = await elsewhere.signingKeys.service.rotate(systemActor('test'), 0);
    expect(await look(client)).toMatchObject(forbidden);
    const retired = { retiredAt: app.clock.now() };
    await app.db('signing_keys').whereNot({ id: kid }).update(retired);
    await elsewhere.change(systemActor('test'), (tx) => tx.revoke({ kind: 'keys', subject: kid }));
    await eventually(async () => expect(await look(client)).toMatchObject(signedOut));
    const { headers } = await quickSession(app);
    expect(await look(app.client(sending(headers)))).toMatchObject(forbidden);
  });
});
