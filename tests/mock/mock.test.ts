import { describe, expect, it } from 'vitest';
import { apiKey, bearer, ProblemError, unwrap } from '../../client/index.ts';
import { service } from '../../contract/service.ts';
import { madeUp } from '../../server/mock/callers.ts';
import { refusal } from '../kit/answers.ts';
import { as, askMock, startMock, useMock } from '../kit/mock.ts';

const mock = useMock();
const frontend = 'http://localhost:5173';
const ask = (name: string, headers: Record<string, string>) => askMock(mock, name, headers);

describe('a frontend', () => {
  it('signs in, reads who it is, and signs out', async () => {
    const client = mock.client(bearer());
    const credentials = { identifier: 'ada@example.com', password: 'anything' };
    await unwrap(client.auth.login({ body: { ...credentials, delivery: 'tokens' } }));
    const me = await unwrap(client.me.get());
    expect(me).toMatchObject({ roles: ['admin'] });
    expect(me.permissions).toContain('users:manage');
    await unwrap(client.auth.logout());
    expect(await client.me.get()).toMatchObject({ status: 401 });
  });

  it('sees what a wrong password looks like, and somebody without permissions', async () => {
    const client = mock.client(bearer());
    const login = (identifier: string, password: string) =>
      unwrap(client.auth.login({ body: { identifier, password, delivery: 'tokens' } }));
    const refused = await login('ada', 'wrong').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ code: 'invalid_credentials' });
    await login('member@example.com', 'anything');
    expect(await client.users.create({ body: newUser })).toMatchObject({ status: 403 });
  });

  it('signs in by cookie from the page of a dev server, and from no foreign one', async () => {
    const login = (Origin: string) =>
      mock.fetch(`${mock.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { Origin, 'Content-Type': 'application/json' },
        body: JSON.stringify({ identifier: 'ada', password: 'x', delivery: 'cookie' }),
      });
    const response = await login(frontend);
    expect(response.headers.get('access-control-allow-origin')).toBe(frontend);
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).toBe(`${service.cookie}=${madeUp.admin}`);
    const session = (Origin: string) => ask('auth.logout', { Cookie: cookie, Origin });
    expect((await session(frontend)).status).toBe(204);
    expect((await session('https://elsewhere.example')).status).toBe(403);
    expect((await login('https://elsewhere.example')).status).toBe(403);
  });

  it('turns the pages of a list, in order and with filters, the same each time', async () => {
    const client = mock.client(apiKey(madeUp.admin));
    const first = await unwrap(client.users.list({ limit: 10, sort: 'username' }));
    const cursor = first.nextCursor ?? '';
    const second = await unwrap(
      client.users.list({ limit: 10, sort: 'username', cursor, includeTotal: true }),
    );
    const names = [...first.items, ...second.items].map(({ username }) => username);
    expect(names).toHaveLength(20);
    expect(names).toEqual(names.toSorted());
    expect(second.total).toBe(25);
    const [wanted] = first.items;
    expect(await unwrap(client.users.get({ userId: wanted?.id ?? '' }))).toEqual(wanted);
    const found = await unwrap(client.users.list({ search: names[3] ?? '' }));
    expect(found.items.map(({ username }) => username)).toContain(names[3]);
    expect(await client.users.list({ cursor: 'nonsense' })).toMatchObject({
      status: 422,
    });
  });

  it('filters by range, by role and by state, and goes on from any row', async () => {
    const { users, audit } = mock.client(apiKey(madeUp.admin));
    const all = await unwrap(users.list({ limit: 200, sort: '-createdAt', includeCursors: true }));
    const made = all.items.flatMap((one) => (one.view === 'full' ? [one] : []));
    const instants = made.map(({ createdAt }) => createdAt);
    expect(instants).toEqual(instants.toSorted().toReversed());
    const middle = instants[12] ?? '';
    const since = await unwrap(users.list({ limit: 200, createdFrom: middle }));
    const until = await unwrap(users.list({ limit: 200, createdBefore: middle }));
    expect(since.items.length + until.items.length).toBe(all.items.length);
    expect(since.items.length).toBeGreaterThanOrEqual(13);
    const active = await unwrap(users.list({ limit: 200, isActive: true }));
    expect(active.items).toHaveLength(made.filter(({ isActive }) => isActive).length);
    const [role = ''] = made[0]?.roles ?? [];
    const holders = await unwrap(users.list({ limit: 200, role }));
    expect(holders.items).toHaveLength(made.filter(({ roles }) => roles.includes(role)).length);
    const cursor = all.cursors?.[3] ?? '';
    const rest = await unwrap(users.list({ limit: 5, sort: '-createdAt', cursor }));
    expect(rest.items).toEqual(all.items.slice(4, 9));
    const entries = await unwrap(audit.list({ limit: 200 }));
    const before = entries.items.map(({ at }) => at).toSorted()[10] ?? '';
    const earlier = await unwrap(audit.list({ limit: 200, before }));
    expect(earlier.items.every(({ at }) => at < before)).toBe(true);
  });

  it('hears events as they come', async () => {
    const live = await startMock({ eventEveryMs: 1 });
    const response = await fetch(`${live.url}/api/v1/events`, { headers: as(madeUp.admin) });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (heard.split('\n\n').length < 4) heard += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(heard).toMatch(/^id: [\w-]{36}\nevent: [a-z._]+\ndata: \{"id":/);
    await live.close();
  });

  it('finds the documentation, and the document', async () => {
    expect((await fetch(`${mock.url}/docs`)).status).toBe(200);
    expect((await fetch(`${mock.url}/api/v1/openapi.json`)).status).toBe(200);
  });
});

const newUser = { email: 'grace@example.com', username: 'grace' };

describe('without a memory', () => {
  it('answers what was sent, and keeps none of it', async () => {
    const client = mock.client(apiKey(madeUp.admin));
    const made = await unwrap(client.users.create({ body: newUser }));
    expect(made).toMatchObject(newUser);
    const found = await unwrap(client.users.list({ limit: 200 }));
    expect(found.items.map(({ id }) => id)).not.toContain(made.id);
    const [row] = found.items;
    const changed = await client.users.update({
      userId: row?.id ?? '',
      body: { fullName: 'Ada King' },
    });
    expect(changed).toMatchObject({ status: 200, body: { id: row?.id, fullName: 'Ada King' } });
    expect(await unwrap(client.users.get({ userId: row?.id ?? '' }))).toEqual(row);
  });
});

describe('with --stateful', () => {
  const stateful = useMock({ isStateful: true });

  it('keeps what is created, changed and removed', async () => {
    const { users } = stateful.client(apiKey(madeUp.admin));
    const { id: userId } = await unwrap(users.create({ body: newUser }));
    await unwrap(users.update({ userId, body: { fullName: 'Grace Hopper' } }));
    const kept = await unwrap(users.get({ userId }));
    expect(kept).toMatchObject({ ...newUser, fullName: 'Grace Hopper' });
    const { items } = await unwrap(users.list({ limit: 200 }));
    expect(items).toContainEqual(kept);
    await unwrap(users.remove({ userId }));
    expect(await users.get({ userId })).toMatchObject({ status: 404 });
    expect(await users.remove({ userId })).toMatchObject({ status: 404 });
  });

  it('refuses what is taken, and what somebody else has changed meanwhile', async () => {
    const { users } = stateful.client(apiKey(madeUp.admin));
    const person = { email: 'alan@example.com', username: 'alan' };
    const { id: userId } = await unwrap(users.create({ body: person }));
    const again = await users.create({ body: { ...person, email: 'other@example.com' } });
    expect(again).toMatchObject(refusal(409, 'username_taken'));
    const own = await users.update({ userId, body: { username: 'alan' } });
    expect(own).toMatchObject({ status: 200 });
    const stale = await stateful.fetch(`${stateful.url}/api/v1/users/${userId}`, {
      method: 'PATCH',
      headers: {
        ...as(madeUp.admin),
        'Content-Type': 'application/json',
        'If-Match': `"${'x'.repeat(43)}"`,
      },
      body: JSON.stringify({ fullName: null }),
    });
    expect(stale.status).toBe(412);
  });

  it('shows what somebody has seen already as not changed', async () => {
    const { roles } = stateful.client(apiKey(madeUp.admin));
    const [role] = (await unwrap(roles.list({ limit: 1 }))).items;
    const roleId = role?.id ?? '';
    const { etag: ifNoneMatch } = await roles.get({ roleId });
    expect(await roles.get({ roleId, ifNoneMatch })).toMatchObject({ status: 304 });
  });

  it('does once what comes with the same key', async () => {
    const create = (body: object) =>
      stateful.fetch(`${stateful.url}/api/v1/users`, {
        method: 'POST',
        headers: {
          ...as(madeUp.admin),
          'Content-Type': 'application/json',
          'Idempotency-Key': 'the-same',
        },
        body: JSON.stringify(body),
      });
    const body = { email: 'emmy@example.com', username: 'emmy' };
    const [first, second] = [await create(body), await create(body)];
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await create({ ...body, username: 'noether' })).status).toBe(422);
  });
});

describe('what it is told', () => {
  it('is a seed: the same data for the same one, and other data for another', async () => {
    const listed = async (seed: number) => {
      const seeded = await startMock({ seed });
      const { items } = await unwrap(seeded.client(apiKey(madeUp.admin)).users.list());
      await seeded.close();
      return items;
    };
    expect(await listed(7)).toEqual(await listed(7));
    expect(await listed(8)).not.toEqual(await listed(7));
  });

  it('is a share of failures, and a latency', async () => {
    const slow = await startMock({ failures: 0.3, latencyMs: 5 });
    const startedAt = performance.now();
    const statuses: number[] = [];
    for (let at = 0; at < 60; at += 1) {
      const response = await slow.fetch(`${slow.url}/api/v1/me`, { headers: as(madeUp.admin) });
      statuses.push(response.status);
      await response.body?.cancel();
    }
    // A timer may be up to a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(60 * 4);
    expect(new Set(statuses)).toEqual(new Set([200, 500, 503]));
    const failed = statuses.filter((status) => status >= 500).length;
    expect(failed).toBeGreaterThan(6);
    expect(failed).toBeLessThan(30);
    await slow.close();
  });

  it('is a status, which `Prefer` may name as well; what an operation never answers changes nothing', async () => {
    const prefer = async (name: string, Prefer: string) =>
      (await ask(name, { ...as(madeUp.admin), Prefer })).status;
    expect(await prefer('users.create', 'code=409')).toBe(409);
    expect(await prefer('auth.login', 'respond-async, code=202')).toBe(202);
    expect(await prefer('users.create', 'code=418')).toBe(201);
    expect(await prefer('users.create', 'code=no_such_problem')).toBe(201);
  });
});
