import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, useApp } from '../../kit/app.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { goodPassword, newPerson } from '../../kit/callers.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const body = { reason: 'Ticket 4711' };
const signedOut = refusal(401, 'unauthenticated');

/** Somebody, straight in the database: nobody here is about passwords. */
async function somebody(role: 'admin' | 'member') {
  const { userId: id, headers } = await quickSession(app, { roles: [role] });
  const client = app.client(sending(headers));
  return { id, client };
}

/** An administrator who acts as a member, by tokens: what each of them holds. */
async function acting() {
  const [admin, person] = [await somebody('admin'), await somebody('member')];
  const started = await unwrap(admin.client.impersonation.start({ userId: person.id, body }));
  if (started.delivery !== 'tokens') throw new Error('The own session is one by tokens');
  const client = withToken(app, started.accessToken);
  return { admin, own: admin.client, person, started, client };
}

describe('acting as another account', () => {
  it('is a session of its own, which says who really acts', async () => {
    const { admin, person, client, started } = await acting();
    expect(await unwrap(client.me.get())).toMatchObject({
      id: person.id,
      permissions: ['users:read'],
      act: { id: admin.id },
    });
    expect(await unwrap(person.client.me.get())).toMatchObject({ act: null });
    expect(started.session).toMatchObject({ isImpersonation: true, methods: [], kind: 'tokens' });
    expect(decodeJwt(started.accessToken)).toMatchObject({
      sub: person.id,
      act: { sub: admin.id },
    });
  });

  it('is seen by the person: among the sessions, without a place, and by mail', async () => {
    const { person } = await acting();
    const { items } = await unwrap(person.client.sessions.list());
    expect(items.filter(({ isImpersonation }) => isImpersonation)).toMatchObject([
      { address: null, userAgent: null, isCurrent: false },
    ]);
    const { email } = await unwrap(person.client.me.get());
    const [mail, ...more] = await mailsTo(app, email);
    expect(mail?.subject).toBe('An administrator acts as you at Charter');
    expect(mail?.text).toContain('Reason: Ticket 4711');
    expect(more).toEqual([]);
  });

  it('is written down with both, and with its reason; so is what is done meanwhile', async () => {
    const { admin, person, client } = await acting();
    await unwrap(client.me.update({ body: { fullName: 'Ada' } }));
    const entries = await app.db('auditEntries').where({ actor: admin.id }).orderBy('id');
    expect(entries.slice(-2)).toMatchObject([
      {
        operation: 'impersonationStart',
        actingFor: null,
        targetId: person.id,
        reason: 'Ticket 4711',
      },
      { operation: 'meUpdate', actingFor: person.id, targetId: person.id },
    ]);
    const lines = app.logs.filter(({ actingFor }) => actingFor === person.id);
    expect(lines).toContainEqual(expect.objectContaining({ actorId: admin.id }));
    const [event] = await app
      .db('events')
      .where({ name: 'account.impersonated' })
      .whereRaw("data ->> 'userId' = ?", [person.id]);
    expect(event.data).toMatchObject({ byUserId: admin.id });
  });

  it('may do what both may, whatever is given to the person meanwhile', async () => {
    const role = await insertRole(app, ['users:impersonate', 'users:read']);
    const { headers } = await quickSession(app, { roles: [role] });
    const { id: userId } = await insertUser(app, {
      roles: [await insertRole(app, ['users:read'])],
    });
    const own = app.client(sending(headers));
    const started = await unwrap(own.impersonation.start({ userId, body }));
    const client = withToken(app, 'accessToken' in started ? started.accessToken : '');
    const granting = app.client(sending((await quickSession(app, { roles: ['admin'] })).headers));
    const roleId = (await app.db('roles').where({ name: 'admin' }).first('id')).id;
    await unwrap(granting.users.assignRole({ userId, roleId }));
    expect(await unwrap(client.me.get())).toMatchObject({
      permissions: ['users:impersonate', 'users:read'],
    });
    expect(await client.audit.list()).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('is no device of the account, and no sign-in of it', async () => {
    const { person } = await acting();
    expect(await app.db('knownDevices').where({ userId: person.id })).toEqual([]);
    const [row] = await app.db('users').where({ id: person.id }).select('lastLoginAt');
    expect(row).toEqual({ lastLoginAt: null });
  });
});

describe('nobody', () => {
  it('acts as themselves, as somebody with more rights, or as who cannot sign in', async () => {
    const permissions = ['users:impersonate', 'users:manage'] as const;
    const { userId: ownId, headers } = await quickSession(app, { permissions: [...permissions] });
    const { impersonation } = app.client(sending(headers));
    const start = async (account: Parameters<typeof insertUser>[1]) =>
      impersonation.start({ userId: (await insertUser(app, account)).id, body });
    expect(await impersonation.start({ userId: ownId, body })).toMatchObject(
      refusal(403, 'own_account_protected'),
    );
    const more = await start({ roles: [await insertRole(app, ['health:read'])] });
    expect(more).toMatchObject(refusal(403, 'permission_denied'));
    const asleep = await start({ roles: [], deactivatedAt: app.clock.now() });
    expect(asleep).toMatchObject(refusal(409, 'account_inactive'));
    expect(await start({ roles: [] })).toMatchObject({ status: 200 });
  });

  it('acts as one more while acting, or ends what was not begun', async () => {
    const { own, client } = await acting();
    const { id: userId } = await insertUser(app);
    expect(await own.impersonation.end()).toMatchObject(refusal(409, 'not_impersonating'));
    const nested = await client.impersonation.start({ userId, body });
    // The member whom they act as may not; who may is refused as well (tests/generated/access).
    expect(nested).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('gets at what is the person’s alone', async () => {
    const { client } = await acting();
    const denied = refusal(403, 'impersonation_denied');
    const [newPassword, currentPassword] = ['a quiet river at dawn', goodPassword];
    expect(
      await client.me.changePassword({ body: { newPassword, currentPassword } }),
    ).toMatchObject(denied);
    expect(await client.auth.reauthenticate({ body: { password: goodPassword } })).toMatchObject(
      denied,
    );
    expect(await client.secondFactors.enrol()).toMatchObject(denied);
    expect(await client.sessions.endAll()).toMatchObject(denied);
    const { email } = newPerson();
    expect(await client.emailChange.request({ body: { email } })).toMatchObject(denied);
  });
});

describe('it ends', () => {
  it('after a quarter of an hour, however often it is refreshed', async () => {
    const { started } = await acting();
    const refresh = (refreshToken: string) => app.client().auth.refresh({ body: { refreshToken } });
    app.clock.advance({ minutes: 13 });
    const pair = await unwrap(refresh(started.refreshToken));
    const { exp = 0, act } = decodeJwt(pair.accessToken);
    expect(act).toMatchObject({ sub: expect.any(String) });
    expect(exp * 1000 - app.clock.now().getTime()).toBeLessThanOrEqual(120_000);
    app.clock.advance({ minutes: 2 });
    expect(await withToken(app, pair.accessToken).me.get()).toMatchObject(signedOut);
    expect(await refresh(pair.refreshToken)).toMatchObject(refusal(401, 'invalid_refresh_token'));
  });

  it('when asked to, and hands the own session out again', async () => {
    const { admin, client, own } = await acting();
    const ended = await unwrap(client.impersonation.end());
    expect(ended.user.id).toBe(admin.id);
    const again = withToken(app, 'accessToken' in ended ? ended.accessToken : '');
    expect(await unwrap(again.me.get())).toMatchObject({ id: admin.id, act: null });
    expect(await client.me.get()).toMatchObject(signedOut);
    expect(await own.me.get()).toMatchObject({ status: 200 });
  });

  it('in a browser, too: its one cookie is that of whom it acts as, and then the own', async () => {
    const { userId: ownId, headers } = await quickSession(app, {
      roles: ['admin'],
      kind: 'cookie',
    });
    const client = app.client(sending(headers));
    const { id: userId } = await insertUser(app);
    const asking = (cookie: string) =>
      app.client(sending({ cookie, origin: app.config.http.publicUrl }));
    const cookieOf = (answer: { headers: { getSetCookie(): string[] } }) =>
      answer.headers.getSetCookie().join().split(';', 1).join();
    const started = await client.impersonation.start({ userId, body });
    expect(await unwrap(started)).toMatchObject({ delivery: 'cookie', user: { id: userId } });
    const other = asking(cookieOf(started));
    expect(await unwrap(other.me.get())).toMatchObject({ id: userId, act: { id: ownId } });
    const ended = await other.impersonation.end();
    expect(await unwrap(asking(cookieOf(ended)).me.get())).toMatchObject({ id: ownId });
    expect(cookieOf(ended)).not.toBe(headers.Cookie);
    expect(await other.me.get()).toMatchObject(signedOut);
    expect(await client.me.get()).toMatchObject(signedOut);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof acting>>) => Promise<unknown>]>([
    ['signs out', ({ own }) => unwrap(own.auth.logout())],
    ['signs out in the name of the person', ({ client }) => unwrap(client.auth.logout())],
    ['ends all own sessions', ({ own }) => unwrap(own.sessions.endAll())],
    [
      'loses the role',
      async ({ admin }) => {
        const { client } = await somebody('admin');
        await unwrap(client.users.update({ userId: admin.id, body: { roles: ['member'] } }));
      },
    ],
    [
      'is deactivated',
      async ({ admin }) => {
        const { client } = await somebody('admin');
        await unwrap(client.users.deactivate({ userId: admin.id }));
      },
    ],
  ])('when the administrator %s', async (_what, happen) => {
    const made = await acting();
    const { client, started } = made;
    expect(await client.me.get()).toMatchObject({ status: 200 });
    await happen(made);
    expect(await client.me.get()).toMatchObject(signedOut);
    const { refreshToken } = started;
    expect(await app.client().auth.refresh({ body: { refreshToken } })).toMatchObject(
      refusal(401, 'invalid_refresh_token'),
    );
  });

  it('when the person ends it', async () => {
    const { person, client, started } = await acting();
    await unwrap(person.client.sessions.end({ sessionId: started.session.id }));
    expect(await client.me.get()).toMatchObject(signedOut);
    expect(await person.client.me.get()).toMatchObject({ status: 200 });
  });
});

it('is told to nobody where IMPERSONATION_MAIL is off, and counted all the same', async () => {
  const quiet = await startApp({ IMPERSONATION_MAIL: 'false', IMPERSONATION_MINUTES: '1' });
  const { headers } = await quickSession(quiet, { roles: ['admin'] });
  const { id: userId, email } = await insertUser(quiet);
  const own = quiet.client(sending(headers));
  const { session } = await unwrap(own.impersonation.start({ userId, body }));
  expect(Date.parse(session.expiresAt) - quiet.clock.now().getTime()).toBe(60_000);
  expect(await mailsTo(quiet, email)).toEqual([]);
  expect(await quiet.scrape()).toContainEqual(
    expect.stringMatching(/^charter_impersonations_total\{outcome="started"\} 1$/),
  );
  await quiet.close();
});
