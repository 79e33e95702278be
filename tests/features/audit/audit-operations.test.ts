import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { contract } from '../../../contract/index.ts';
import { operationsOf } from '../../../contract/kit/operations.ts';
import { Role } from '../../../server/features/roles/model.ts';
import { useApp } from '../../kit/app.ts';
import { assertAudited } from '../../kit/audited.ts';
import { insertRole, insertUser } from '../../kit/build.ts';
import { createPerson, goodPassword, newPerson, signIn } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { type QuickSession, quickSession } from '../../kit/quick-session.ts';

const app = useApp({ TRUST_PROXY: 'loopback' });
let admin: QuickSession;

beforeAll(async () => {
  admin = await quickSession(app, { roles: ['admin'] });
});

/** Who must be named as the actor, and what as the target. */
type Told = Pick<AuditEntry, 'actor' | 'targetType' | 'targetId'> & { sessionId?: string };
/** Performs the operation once, with this client; whatever it needs is there already. */
type Call = (as: (caller?: QuickSession) => Client) => Promise<Told>;

const user = (actor: string, targetId: string): Told => ({ actor, targetType: 'user', targetId });

/** By the administrator, to an account. */
function toUser(call: (users: Client['users'], userId: string) => Promise<{ ok: boolean }>): Call {
  return async (as) => {
    const { id } = await insertUser(app);
    expect(await call(as(admin).users, id)).toMatchObject({ ok: true });
    return { ...user(admin.userId, id), sessionId: admin.sessionId };
  };
}

/** By the administrator, to a role. */
function toRole(call: (roles: Client['roles'], roleId: string) => Promise<{ ok: boolean }>): Call {
  return async (as) => {
    const roleId = await aRole();
    expect(await call(as(admin).roles, roleId)).toMatchObject({ ok: true });
    return { actor: admin.userId, targetType: 'role', targetId: roleId };
  };
}

/** By somebody to their own account. */
function toOneself(call: (client: Client) => Promise<{ ok: boolean }>): Call {
  return async (as) => {
    const caller = await quickSession(app);
    expect(await call(as(caller))).toMatchObject({ ok: true });
    return { ...user(caller.userId, caller.userId), sessionId: caller.sessionId };
  };
}

async function aRole(): Promise<string> {
  const name = await insertRole(app, []);
  return (await Role.query(app.db).findOne({ name }).throwIfNotFound()).id;
}

const session = (actor: string, targetId: string): Told => ({
  actor,
  targetType: 'session',
  targetId,
});

async function signedIn() {
  const person = await signIn(app, await createPerson(app));
  const current = await unwrap(person.client.auth.session());
  return { ...person.tokens(), told: session(person.id, current.session.id) };
}

/**
 * Who is named as the actor, and what as the target. Examples: that every operation leaves its
 * entry is held by `tests/kit/audited.ts`, in whichever test it is called, without a row here.
 */
const calls: Record<string, Call> = {
  'auth.register': async (as) => {
    const answer = await unwrap(as().auth.register({ body: newPerson() }));
    return user('system:sign-up', 'user' in answer ? answer.user.id : '');
  },
  'auth.login': async (as) => {
    const { id, username: identifier, password } = await createPerson(app);
    const body = { identifier, password, delivery: 'tokens' } as const;
    const signedIn = await unwrap(as().auth.login({ body }));
    return session(id, 'session' in signedIn ? signedIn.session.id : '');
  },
  'auth.refresh': async (as) => {
    const { refreshToken, told } = await signedIn();
    await unwrap(as().auth.refresh({ body: { refreshToken } }));
    return told;
  },
  'auth.revoke': async (as) => {
    const { refreshToken: token, told } = await signedIn();
    await unwrap(as().auth.revoke({ body: { token } }));
    return told;
  },
  'auth.logout': async (as) => {
    const caller = await quickSession(app);
    expect(await as(caller).auth.logout()).toMatchObject({ ok: true });
    return session(caller.userId, caller.sessionId);
  },
  'me.update': toOneself(({ me }) => me.update({ body: { fullName: 'Ada' } })),
  'me.changePassword': toOneself(({ me }) =>
    me.changePassword({ body: { newPassword: goodPassword } }),
  ),
  'sessions.end': async (as) => {
    const caller = await quickSession(app);
    const { sessionId } = caller;
    expect(await as(caller).sessions.end({ sessionId })).toMatchObject({ ok: true });
    return session(caller.userId, sessionId);
  },
  'sessions.endOthers': toOneself(({ sessions }) => sessions.endOthers()),
  'sessions.endAll': toOneself(({ sessions }) => sessions.endAll()),
  'users.create': async (as) => {
    const { email, username } = newPerson();
    const body = { email, username };
    return user(admin.userId, (await unwrap(as(admin).users.create({ body }))).id);
  },
  'users.update': toUser((users, userId) => users.update({ userId, body: { fullName: 'Ada' } })),
  'users.remove': toUser((users, userId) => users.remove({ userId })),
  'users.deactivate': toUser((users, userId) => users.deactivate({ userId })),
  'users.activate': toUser((users, userId) => users.activate({ userId })),
  'users.restore': toUser((users, userId) => users.restore({ userId })),
  'users.assignRole': toUser(async (users, userId) =>
    users.assignRole({ userId, roleId: await aRole() }),
  ),
  'users.takeRole': toUser(async (users, userId) =>
    users.takeRole({ userId, roleId: await aRole() }),
  ),
  'roles.create': async (as) => {
    const role = await unwrap(as(admin).roles.create({ body: { name: `r-${randomUUID()}` } }));
    return { actor: admin.userId, targetType: 'role', targetId: role.id };
  },
  'roles.update': toRole((roles, roleId) => roles.update({ roleId, body: { description: 'x' } })),
  'roles.remove': toRole((roles, roleId) => roles.remove({ roleId })),
  'roles.grant': toRole((roles, roleId) => roles.grant({ roleId, permission: 'users:read' })),
  'roles.revoke': toRole((roles, roleId) => roles.revoke({ roleId, permission: 'users:read' })),
};

const examples = operationsOf(contract).filter(({ name }) => calls[name]);

describe('an operation that changes something', () => {
  it.each(examples.map((operation) => [operation.name, operation] as const))(
    'leaves exactly one entry: %s',
    async (name, { operationId }) => {
      const call = calls[name] as Call;
      const requestId = randomUUID();
      const from = { 'user-agent': 'Audited/1.0', 'x-forwarded-for': '203.0.113.9' };
      const headers = { ...from, 'x-request-id': requestId };
      const told = await call((caller) => app.client(sending({ ...caller?.headers, ...headers })));
      const origin = { requestId, address: '203.0.113.9', userAgent: 'Audited/1.0' };
      expect(await entriesOf(requestId)).toMatchObject([
        { operation: operationId, result: 'done', reason: null, ...told, ...origin },
      ]);
    },
  );
});

describe('an operation fails whichever test calls it', () => {
  /** What a test would have seen, had the operation left these entries. */
  async function seen(path: string, operation: string, targets: readonly (string | null)[]) {
    const requestId = randomUUID();
    for (const targetId of targets) {
      const entry = { id: randomUUID(), at: app.clock.now(), operation, result: 'done' };
      await app.db('auditEntries').insert({ ...entry, actor: admin.userId, targetId, requestId });
    }
    const request = new Request(`${app.url}/api/v1${path}`, { method: 'POST' });
    const response = new Response('{}', { status: 201, headers: { 'x-request-id': requestId } });
    return assertAudited(app.db, request, response);
  }

  it('when it leaves no entry', async () => {
    await expect(seen('/users', 'usersCreate', [])).rejects.toThrow('usersCreate left 0');
  });

  it.each([
    ['/users', 'usersCreate'],
    ['/auth/register', 'authRegister'],
  ])('when it leaves two, or one that names no target: POST %s', async (path, operation) => {
    const two = seen(path, operation, [randomUUID(), randomUUID()]);
    await expect(two).rejects.toThrow(`${operation} left 2`);
    await expect(seen(path, operation, [null])).rejects.toThrow(`${operation} names no target`);
  });

  it('but not when anyone may call it, and nothing was changed', async () => {
    await expect(seen('/auth/register', 'authRegister', [])).resolves.toBeUndefined();
  });
});

async function entriesOf(requestId: string) {
  const { audit } = app.client(sending(admin.headers));
  const { items } = await unwrap(audit.list({ limit: 200 }));
  return items.filter((entry) => entry.requestId === requestId);
}
