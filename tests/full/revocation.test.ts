import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { createDatabase } from '../kit/database.ts';
import { type Node, startNode, until, untilRefused } from '../kit/node.ts';
import { type DatabaseProxy, databaseProxy } from '../kit/proxy.ts';
import { cookieOf, makeAdministrator, signUp } from '../kit/sign-up.ts';

// Published bounds, in milliseconds (docs/security.md).
const byBusMs = 1_000;
const byPollMs = 2_500;
const tokenSeconds = 30;
const skewSeconds = 30;

interface Program {
  readonly token: string;
  readonly keyPath: { readonly serviceAccountId: string; readonly keyId: string };
}

describe('a revocation', () => {
  const parts = {} as {
    url: string;
    drop: () => Promise<void>;
    direct: DatabaseProxy;
    pooled: DatabaseProxy;
    a: Node;
    b: Node;
  };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const [direct, pooled] = [await databaseProxy(url), await databaseProxy(url)];
    const lives = {
      ACCESS_TOKEN_SECONDS: String(tokenSeconds),
      DATABASE_STATEMENT_TIMEOUT_MS: '5000',
    };
    const a = await startNode({ ...lives, DATABASE_URL: url });
    const b = await startNode({
      ...lives,
      DATABASE_URL: pooled.url,
      DATABASE_DIRECT_URL: direct.url,
    });
    Object.assign(parts, { url, drop, direct, pooled, a, b });
  });

  afterAll(async () => {
    await Promise.all([parts.a.stop(), parts.b.stop()]);
    parts.direct.close();
    parts.pooled.close();
    await parts.drop();
  });

  it('holds at once on the answering process and within a second on the other', async () => {
    const { onA, onB } = await signedInOnBoth();
    await unwrap(onA.auth.logout());
    expect((await onA.me.get()).status).toBe(401);
    expect(await untilRefused(() => onB.me.get())).toBeLessThan(byBusMs);
  });

  it('of a whole account reaches the other process within a second', async () => {
    const { onA } = await anAdministrator();
    const { id: userId, onB } = await signedInOnBoth();
    await unwrap(onA.users.deactivate({ userId }));
    expect(await untilRefused(() => onB.me.get())).toBeLessThan(byBusMs);
  });

  it('of what a role grants reaches the other process within a second', async () => {
    const { onA } = await anAdministrator();
    const { id: userId, onB } = await signedInOnBoth();
    const body = { name: `reader-${Date.now()}`, permissions: ['roles:read'] as 'roles:read'[] };
    const { id: roleId } = await unwrap(onA.roles.create({ body }));
    const untilIs = (status: number) =>
      until(async () => (await onB.permissions.list()).status === status);
    await untilIs(403);
    await unwrap(onA.users.assignRole({ userId, roleId }));
    expect(await untilIs(200)).toBeLessThan(byBusMs);
    await unwrap(onA.roles.revoke({ roleId, permission: 'roles:read' }));
    expect(await untilIs(403)).toBeLessThan(byBusMs);
  });

  it('of what a role grants holds at once for an exact endpoint, without any news', async () => {
    const { onA } = await anAdministrator();
    const { id: userId, onB } = await signedInOnBoth();
    const body = {
      name: `manager-${Date.now()}`,
      permissions: ['users:manage'] as 'users:manage'[],
    };
    const { id: roleId } = await unwrap(onA.roles.create({ body }));
    await unwrap(onA.users.assignRole({ userId, roleId }));
    await until(async () => (await onB.users.statistics()).status === 200);
    parts.direct.pause();
    await unwrap(onA.roles.revoke({ roleId, permission: 'users:manage' }));
    const refused = await onB.users.activate({ userId });
    parts.direct.resume();
    expect(refused.status).toBe(403);
  });

  it('holds at once everywhere for an exact endpoint', async () => {
    const { onA, onB } = await signedInOnBoth();
    await unwrap(onA.auth.logout());
    expect((await onB.sessions.endOthers()).status).toBe(401);
  });

  it('reaches the other process by the poll while announcements are cut off', async () => {
    parts.direct.pause();
    const { onA, onB } = await signedInOnBoth();
    await unwrap(onA.auth.logout());
    expect(await untilRefused(() => onB.me.get())).toBeLessThan(byPollMs);
    parts.direct.resume();
  });

  it.each([
    ['within a second', byBusMs],
    ['by the poll while announcements are cut off', byPollMs],
  ])('of an API key holds at once, and on the other process %s', async (_, boundMs) => {
    const person = await signUp(parts.a);
    const { apiKeys } = parts.a.client(person.token);
    const body = { name: 'a key', scopes: ['users:read' as const] };
    const { id: keyId, key } = await unwrap(apiKeys.create({ body }));
    const [onA, onB] = [parts.a.client(key), parts.b.client(key)];
    await Promise.all([unwrap(onA.users.list()), unwrap(onB.users.list())]);
    if (boundMs === byPollMs) parts.direct.pause();
    await unwrap(apiKeys.revoke({ keyId }));
    expect((await onA.users.list()).status).toBe(401);
    expect(await untilRefused(() => onB.users.list())).toBeLessThan(boundMs);
    parts.direct.resume();
  });

  it('of a service account reaches its keys on the other process within a second', async () => {
    const { serviceAccounts } = (await anAdministrator()).onA;
    const account = { name: `program-${Date.now()}`, roles: ['member'] };
    const { id: serviceAccountId } = await unwrap(serviceAccounts.create({ body: account }));
    const body = { name: 'a key', scopes: ['users:read' as const] };
    const made = await unwrap(serviceAccounts.createKey({ serviceAccountId, body }));
    const onB = parts.b.client(made.key);
    const rest = (isActive: boolean) =>
      unwrap(serviceAccounts.update({ serviceAccountId, body: { isActive } }));
    await unwrap(onB.users.list());
    await rest(false);
    expect(await untilRefused(() => onB.users.list())).toBeLessThan(byBusMs);
    await rest(true);
    expect((await onB.users.list()).status).toBe(200);
  });

  it.each<[string, (admin: Client, program: Program) => Promise<unknown>]>([
    ['itself', (admin, { token }) => unwrap(admin.auth.revoke({ body: { token } }))],
    ['by its key', (admin, { keyPath }) => unwrap(admin.serviceAccounts.revokeKey(keyPath))],
  ])('of the token of a program, %s, reaches the other process within a second', async (_, end) => {
    const { onA } = await anAdministrator();
    const program = await aProgram(onA);
    const onB = parts.b.client(program.token);
    await unwrap(onB.permissions.list());
    await end(onA, program);
    expect(await untilRefused(() => onB.permissions.list())).toBeLessThan(byBusMs);
  });

  it('listens again after the connection for announcements was lost', async () => {
    parts.direct.cut();
    await parts.b.said(/lost its connection/);
    parts.direct.mend();
    const { onA, onB } = await signedInOnBoth();
    await unwrap(onA.auth.logout());
    expect(await untilRefused(() => onB.me.get())).toBeLessThan(byPollMs);
  });

  it('holds at the latest when the access token expires, cut off from bus and database', async () => {
    const person = await signUp(parts.a);
    await makeAdministrator(parts.url, person.id);
    const onB = parts.b.client(person.token);
    await unwrap(onB.permissions.list());
    parts.direct.pause();
    parts.pooled.pause();
    await unwrap(parts.a.client(person.token).auth.logout());
    const asked = () => onB.permissions.list();
    expect(await untilRefused(asked)).toBeLessThan((tokenSeconds + skewSeconds + 1) * 1000);
    parts.pooled.resume();
    parts.direct.resume();
  });

  it.each([
    ['a cookie', async (person: Person) => ({ cookie: await cookieOf(parts.b, person) })],
    ['an API key', async ({ token }: Person) => withKey(parts.a.client(token))],
  ])('ends the use of %s ten seconds after the database was last heard', async (_, headersOf) => {
    const person = await signUp(parts.a);
    await makeAdministrator(parts.url, person.id);
    const headers = await headersOf(person);
    const asked = () => fetch(`${parts.b.url}/api/v1/permissions`, { headers });
    expect((await asked()).status).toBe(200);
    parts.direct.pause();
    parts.pooled.pause();
    const pausedAt = performance.now();
    const silentMs = await until(async () => (await asked()).status === 503);
    expect(performance.now() - pausedAt).toBeGreaterThan(5_000);
    parts.pooled.resume();
    parts.direct.resume();
    expect(silentMs).toBeLessThan(20_000);
  });

  async function signedInOnBoth(): Promise<{ id: string; onA: Client; onB: Client }> {
    const person = await signUp(parts.a);
    const onB = parts.b.client(person.token);
    await unwrap(onB.me.get());
    return { id: person.id, onA: parts.a.client(person.token), onB };
  }

  async function aProgram(admin: Client): Promise<Program> {
    const account = { name: `program-${Date.now()}`, roles: ['admin'] };
    const { id: serviceAccountId } = await unwrap(admin.serviceAccounts.create({ body: account }));
    const body = { name: 'test', scopes: ['roles:read' as const] };
    const made = await unwrap(admin.serviceAccounts.createKey({ serviceAccountId, body }));
    const grant = {
      grant_type: 'client_credentials',
      client_id: serviceAccountId,
      client_secret: made.key,
    } as const;
    const { access_token: token } = await unwrap(admin.auth.token({ body: grant }));
    return { token, keyPath: { serviceAccountId, keyId: made.id } };
  }

  async function anAdministrator() {
    const person = await signUp(parts.a);
    await makeAdministrator(parts.url, person.id);
    return { onA: parts.a.client(person.token) };
  }
});

type Person = Awaited<ReturnType<typeof signUp>>;

/** What a program sends that has a key of this caller. */
async function withKey({ apiKeys }: Client): Promise<Record<string, string>> {
  const body = { name: 'a key', scopes: ['roles:read' as const] };
  const { key } = await unwrap(apiKeys.create({ body }));
  return { authorization: `Bearer ${key}` };
}
