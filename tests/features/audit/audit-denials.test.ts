import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { refreshTokenOf } from '../../../server/features/sessions/refresh-tokens.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { type QuickSession, quickSession } from '../../kit/quick-session.ts';

const app = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });
let admin: QuickSession;

beforeAll(async () => {
  admin = await quickSession(app, { roles: ['admin'] });
});

/** The entries that the calls of this client leave. */
async function entriesOf(caller: QuickSession | undefined, call: (client: Client) => unknown) {
  const requestId = randomUUID();
  await call(app.client(sending({ ...caller?.headers, 'x-request-id': requestId })));
  const { audit } = app.client(sending(admin.headers));
  const { items } = await unwrap(audit.list({ result: 'denied', limit: 200 }));
  return items.filter((entry) => entry.requestId === requestId);
}

function denied(operation: string, reason: string, { userId, sessionId }: QuickSession) {
  return [{ operation, result: 'denied', reason, actor: userId, sessionId }];
}

const secretKeys = () => new SecretKeys(app.config.secrets.keys);

async function adminRole() {
  return Role.query(app.db).findOne({ name: 'admin' }).throwIfNotFound();
}

describe('a denied attempt leaves one entry', () => {
  it('for want of a permission', async () => {
    const member = await quickSession(app);
    const entries = await entriesOf(member, ({ audit }) => audit.list());
    expect(entries).toMatchObject(denied('auditList', 'permission_denied', member));
  });

  it('for want of a recent sign-in', async () => {
    const old = await quickSession(app, { roles: ['admin'], signedInMinutesAgo: 11 });
    const body = { name: 'never-made' };
    const entries = await entriesOf(old, ({ roles }) => roles.create({ body }));
    expect(entries).toMatchObject(denied('rolesCreate', 'reauthentication_required', old));
  });

  it('for a wrong current password, about the own account', async () => {
    const member = await quickSession(app);
    const body = { currentPassword: 'wrong', newPassword: 'a long enough passphrase' };
    const entries = await entriesOf(member, ({ me }) => me.changePassword({ body }));
    expect(entries).toMatchObject(denied('meChangePassword', 'wrong_password', member));
    expect(entries[0]).toMatchObject({ targetType: 'user', targetId: member.userId });
  });

  it('for what nobody does to themselves', async () => {
    const userId = admin.userId;
    const entries = await entriesOf(admin, ({ users }) => users.deactivate({ userId }));
    expect(entries).toMatchObject(denied('usersDeactivate', 'own_account_protected', admin));
  });

  it('for what is beyond the own rights', async () => {
    const manager = await quickSession(app, { permissions: ['users:read', 'users:manage'] });
    const userId = admin.userId;
    const entries = await entriesOf(manager, ({ users }) => users.remove({ userId }));
    expect(entries).toMatchObject(denied('usersRemove', 'permission_denied', manager));
  });

  it('for a system role', async () => {
    const { id: roleId } = await adminRole();
    const entries = await entriesOf(admin, ({ roles }) => roles.remove({ roleId }));
    expect(entries).toMatchObject(denied('rolesRemove', 'system_role_protected', admin));
  });
});

describe('a request from a foreign page leaves one entry, of nobody', () => {
  const origin = 'https://evil.example';
  const refused = { result: 'denied', reason: 'cross_site_request', actor: 'anonymous' };

  it('whose cookie was not looked at', async () => {
    const victim = await quickSession(app, { kind: 'cookie' });
    const lured = { ...victim, headers: { ...victim.headers, Origin: origin } };
    const entries = await entriesOf(lured, ({ me }) => me.update({ body: { fullName: 'Eve' } }));
    expect(entries).toMatchObject([{ operation: 'meUpdate', ...refused, sessionId: null }]);
  });

  it('that would sign a browser in', async () => {
    const requestId = randomUUID();
    const headers = { origin, 'x-request-id': requestId };
    const body = { identifier: 'eve', password: 'guess', delivery: 'cookie' } as const;
    await app.client(sending(headers)).auth.login({ body });
    expect(await app.db('auditEntries').where({ requestId })).toMatchObject([
      { operation: 'authLogin', ...refused },
    ]);
  });
});

describe('a sign-in that fails leaves one entry', () => {
  function login(identifier: string, password: string) {
    return ({ auth }: Client) => auth.login({ body: { identifier, password, delivery: 'tokens' } });
  }
  const anonymous = { operation: 'authLogin', actor: 'anonymous', sessionId: null };

  it('for a wrong password, about the account', async () => {
    const { id: targetId, username } = await createPerson(app);
    const entries = await entriesOf(undefined, login(username, 'wrong'));
    const target = { targetType: 'user', targetId };
    expect(entries).toMatchObject([{ ...anonymous, reason: 'invalid_credentials', ...target }]);
  });

  it('for an unknown account, and never says which', async () => {
    const entries = await entriesOf(undefined, login('who-is-this', 'wrong'));
    expect(entries).toMatchObject([{ ...anonymous, reason: 'invalid_credentials' }]);
    expect(entries[0]?.targetId).toBeNull();
    expect(JSON.stringify(await app.db('auditEntries').select())).not.toContain('who-is-this');
  });

  it('for a deactivated and for an unverified account', async () => {
    const { id, username, password } = await createPerson(app);
    const unverified = await entriesOf(undefined, login(username, password));
    await app.db('users').where({ id }).update({ deactivatedAt: app.clock.now() });
    const disabled = await entriesOf(undefined, login(username, password));
    expect(unverified).toMatchObject([{ ...anonymous, reason: 'email_unverified', targetId: id }]);
    expect(disabled).toMatchObject([{ ...anonymous, reason: 'account_disabled', targetId: id }]);
  });
});

describe('an old refresh token', () => {
  it('leaves one entry that names the reuse', async () => {
    const { headers, sessionId, userId } = await quickSession(app);
    const refreshToken = refreshTokenOf({ sessionId, generation: 0 }, secretKeys());
    await unwrap(app.client().auth.refresh({ body: { refreshToken } }));
    app.clock.advance({ seconds: 11 });
    const reuse = ({ auth }: Client) => auth.refresh({ body: { refreshToken } });
    const entries = await entriesOf(undefined, reuse);
    const told = { operation: 'authRefresh', reason: 'refresh_reuse', actor: userId, sessionId };
    expect(entries).toMatchObject([{ ...told, targetType: 'session', targetId: sessionId }]);
    expect(await app.client(sending(headers)).me.get()).toMatchObject({ status: 401 });
  });
});
