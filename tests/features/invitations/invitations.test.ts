import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { startApp, useApp } from '../../kit/app.ts';
import { insertRole, insertUser, roleIdOf } from '../../kit/build.ts';
import { createPerson, goodPassword, newPerson } from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { lastMailTo, mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp({ SIGN_UP: 'invite' });

async function aManager(...more: ('roles:manage' | 'health:read')[]) {
  const permissions = ['users:manage' as const, ...more];
  const { userId, headers } = await quickSession(app, { permissions });
  return { userId, client: app.client(sending(headers)) };
}

/** Somebody new, invited; with the token of the mail. */
async function anInvitation(roles?: string[]) {
  const { client, userId: inviterId } = await aManager('roles:manage', 'health:read');
  const { email, username } = newPerson();
  const invitation = await unwrap(
    client.invitations.create({ body: { email, ...(roles && { roles }) } }),
  );
  return { client, inviterId, email, username, invitation, token: await tokenFor(app, email) };
}

function accept(token: string, username = newPerson().username) {
  return app.client().invitations.accept({ body: { token, username, password: goodPassword } });
}

describe('an invitation', () => {
  it('begins an account with a proven address, also where nobody else may sign up', async () => {
    const { email, username, token, client, invitation } = await anInvitation();
    const { text } = await lastMailTo(app, email);
    expect(text).toContain('http://charter.test/account/accept-invitation?token=');
    expect(text).toContain('7 days');
    const user = await unwrap(accept(token, username));
    expect(user).toMatchObject({ email, username, isEmailVerified: true, roles: ['member'] });
    const login = { identifier: email, password: goodPassword, delivery: 'tokens' } as const;
    expect(await app.client().auth.login({ body: login })).toMatchObject({ status: 200 });
    const after = await unwrap(client.invitations.get({ invitationId: invitation.id }));
    expect(after).toMatchObject({ state: 'accepted', userId: user.id });
    expect(await app.client().auth.register({ body: newPerson() })).toMatchObject(
      refusal(403, 'sign_up_closed'),
    );
  });

  it('is accepted by one of twenty', async () => {
    const { token } = await anInvitation();
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(token)));
    expect(tally(answers)).toEqual({ 201: 1, 410: 19 });
  });

  it.each(['email', 'username'] as const)('uses nothing up when the %s is taken', async (name) => {
    const { token, email, username } = await anInvitation();
    const { id } = await insertUser(app, { [name]: name === 'email' ? email : username });
    expect(await accept(token, username)).toMatchObject(refusal(409, `${name}_taken`));
    await app.db('users').where({ id }).delete();
    expect(await accept(token, username)).toMatchObject({ status: 201 });
  });

  it('is renewed by another one for the same address, however many come at once', async () => {
    const { client, email, token, invitation } = await anInvitation();
    const calls = Array.from(
      { length: 3 },
      () => () => client.invitations.create({ body: { email } }),
    );
    const answers = await collide(app, writesTo('invitations'), calls);
    expect(tally(answers)).toEqual({ 201: 3 });
    expect(await accept(token)).toMatchObject(refusal(410, 'invalid_link'));
    const { items } = await unwrap(client.invitations.list({ email }));
    expect(items).toMatchObject([{ id: invitation.id, state: 'pending' }]);
    expect(await accept(await tokenFor(app, email))).toMatchObject({ status: 201 });
  });

  it('can be taken back until it is accepted', async () => {
    const { client, token, invitation } = await anInvitation();
    const invitationId = invitation.id;
    expect(await unwrap(client.invitations.revoke({ invitationId }))).toMatchObject({
      state: 'revoked',
    });
    expect(await accept(token)).toMatchObject(refusal(410, 'invalid_link'));
    const accepted = await anInvitation();
    await unwrap(accept(accepted.token));
    expect(await client.invitations.revoke({ invitationId: accepted.invitation.id })).toMatchObject(
      { body: { state: 'accepted' } },
    );
  });

  it('is not for an address that has an account', async () => {
    const { client } = await aManager();
    const { email } = await createPerson(app);
    expect(await client.invitations.create({ body: { email } })).toMatchObject(
      refusal(409, 'email_taken'),
    );
    expect(await mailsTo(app, email)).toEqual([]);
  });

  it('names roles that there are, and takes a recent sign-in for it', async () => {
    const { client } = await aManager('roles:manage');
    const body = { email: newPerson().email, roles: ['no-such-role'] };
    expect(await client.invitations.create({ body })).toMatchObject(
      invalid('roles.0', 'unknown_role'),
    );
    const old = await quickSession(app, { roles: ['admin'], signedInMinutesAgo: 11 });
    const named = { email: newPerson().email, roles: ['member'] };
    const answer = await app.client(sending(old.headers)).invitations.create({ body: named });
    expect(answer).toMatchObject(refusal(403, 'reauthentication_required'));
  });
});

describe('what an invitation gives', () => {
  it('are the roles that it names, without those that are gone', async () => {
    const [stays, goes] = [await insertRole(app, ['health:read']), await insertRole(app, [])];
    const { token, invitation } = await anInvitation([stays, goes]);
    expect(invitation.roles).toEqual([stays, goes].toSorted());
    await Role.query(app.db).delete().where({ name: goes });
    expect((await unwrap(accept(token))).roles).toEqual([stays]);
  });

  it('is no more than its roles when all of them are gone', async () => {
    const goes = await insertRole(app, []);
    const { token } = await anInvitation([goes]);
    await Role.query(app.db).delete().where({ name: goes });
    expect((await unwrap(accept(token))).roles).toEqual([]);
  });

  it.each<[string, (inviterId: string, role: string) => Promise<unknown>]>([
    ['deactivated', (id) => app.db('users').where({ id }).update({ deactivatedAt: new Date() })],
    ['removed', (id) => app.db('users').where({ id }).update({ deletedAt: new Date() })],
    ['purged', (id) => app.db('users').where({ id }).delete()],
    ['without any right', (userId) => app.db('user_roles').where({ userId }).delete()],
    [
      'without what the role grants by now',
      async (_, role) => {
        const roleId = await roleIdOf(app, role);
        await app.db('role_permissions').insert({ roleId, permission: 'audit:read' });
      },
    ],
  ])('is nothing when its sender is %s', async (_, change) => {
    const role = await insertRole(app, ['health:read']);
    const { token, inviterId, email } = await anInvitation([role]);
    await change(inviterId, role);
    expect(await accept(token)).toMatchObject(refusal(410, 'invalid_link'));
    expect(await app.db('users').where({ email })).toEqual([]);
  });

  it('ends with the time, and is forgotten 30 days later', async () => {
    const { token, email, invitation } = await anInvitation();
    app.clock.advance({ days: 7 });
    expect(await accept(token)).toMatchObject(refusal(410, 'invalid_link'));
    const manager = (await aManager()).client;
    const { items } = await unwrap(manager.invitations.list({ email, state: 'expired' }));
    expect(items).toMatchObject([{ id: invitation.id }]);
    app.clock.advance({ days: 30, seconds: 1 });
    await app.runScheduled('invitations.purge');
    expect(await app.db('invitations').where({ email })).toEqual([]);
  });
});

it('nobody is invited, and none accepts, while sign-up is closed', async () => {
  const closed = await startApp({ SIGN_UP: 'closed' });
  const client = await aHolderOf(closed, 'users:manage');
  const { email } = newPerson();
  const closedAnswer = refusal(403, 'sign_up_closed');
  expect(await client.invitations.create({ body: { email } })).toMatchObject(closedAnswer);
  const { username, password } = newPerson();
  const body = { token: 'whatever', username, password };
  expect(await closed.client().invitations.accept({ body })).toMatchObject(closedAnswer);
  await closed.close();
});

it('a page of another site accepts nothing', async () => {
  const answer = await app.request('/api/v1/invitations/accept', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify({ token: 'x', username: newPerson().username, password: goodPassword }),
  });
  expect(await answer.json()).toMatchObject({ status: 403, code: 'cross_site_request' });
});
