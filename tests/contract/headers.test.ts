import type { AppRouter } from '@ts-rest/core';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { anyone } from '../../contract/kit/access.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { Id } from '../../contract/kit/scalars.ts';
import { useApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { assertDocumented } from '../kit/documented.ts';
import { inputsOf, operations } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
const json = { 'Content-Type': 'application/json' };
let admin: Record<string, string>;

beforeAll(async () => {
  ({ headers: admin } = await quickSession(app, { roles: ['admin'] }));
});

describe('the test kit, for all answers in all tests', () => {
  const path = '/api/v1/me';

  /** The answer of `me.get` to nobody, with other headers, held against the document. */
  async function told(change: (headers: Headers) => void, status?: number): Promise<string> {
    const answer = await app.request(path);
    const headers = new Headers(answer.headers);
    change(headers);
    const changed = new Response(await answer.text(), { status: status ?? 401, headers });
    const asked = assertDocumented(new Request(`${app.url}${path}`), changed);
    return asked.then(
      () => 'documented',
      ({ message }: Error) => message,
    );
  }

  it('takes what the document declares', async () => {
    expect(await told(() => {})).toBe('documented');
    expect(await told((headers) => headers.set('Access-Control-Allow-Origin', '*'))).toBe(
      'documented',
    );
  });

  it.each([
    'X-Request-Id',
    'WWW-Authenticate',
    'Cache-Control',
    'RateLimit',
    'RateLimit-Policy',
    'Content-Security-Policy',
    'X-Content-Type-Options',
    'Vary',
  ])('misses %s', async (name) => {
    expect(await told((headers) => headers.delete(name))).toContain(
      `${name.toLowerCase()} is missing`,
    );
  });

  it.each(['Set-Cookie', 'X-Powered-By', 'X-Runtime', 'Retry-After', 'Location', 'Allow'])(
    'finds that %s is not declared there',
    async (name) => {
      expect(await told((headers) => headers.set(name, '1'))).toContain(
        `${name.toLowerCase()} is not declared`,
      );
    },
  );

  it.each([
    ['Content-Security-Policy', "default-src 'self'"],
    ['X-Request-Id', 'x'.repeat(129)],
  ])('finds that %s breaks its schema', async (name, value) => {
    expect(await told((headers) => headers.set(name, value))).toContain(
      `${name.toLowerCase()} breaks its schema`,
    );
  });

  it.each(['2.5', 'soon', '-1'])('does not take %s seconds to wait', async (value) => {
    const answer = told((headers) => headers.set('Retry-After', value), 429);
    expect(await answer).toContain('retry-after breaks its schema');
  });

  it('holds answers without an operation and without a body against it as well', async () => {
    const [head, method, nowhere] = await Promise.all([
      app.request('/api/v1/health', { method: 'HEAD' }),
      app.request('/api/v1/health', { method: 'DELETE' }),
      app.request('/api/v1/nowhere'),
    ]);
    expect([head.status, method.status, nowhere.status]).toEqual([200, 405, 404]);
    const bare = new Response('', { status: 405, headers: [...nowhere.headers] });
    const request = new Request(`${app.url}/api/v1/health`, { method: 'DELETE' });
    await expect(assertDocumented(request, bare)).rejects.toThrow('allow is missing');
  });
});

describe('Location', () => {
  const creating = operations.filter(
    ({ route, locate, access }) =>
      201 in route.responses && locate && !route.path.includes(':') && access.kind !== 'anyone',
  );

  it.each(creating.map((operation) => [operation.name, operation] as const))(
    'of %s leads to what was created',
    async (_name, operation) => {
      const { route } = operation;
      const body = JSON.stringify(inputsOf(operation).body?.example);
      const headers = { ...admin, ...json };
      const created = await app.request(route.path, { method: 'POST', headers, body });
      const location = created.headers.get('location') ?? '';
      expect(created.status).toBe(201);
      const found = await app.request(location, { headers: admin });
      expect(await found.json()).toEqual(await created.json());
    },
  );

  it('is known of accounts and roles, among others', () => {
    const names = creating.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['users.create', 'roles.create']));
  });

  it('follows below another thing as well, and not from another address', () => {
    const endpoint = { summary: 'x', description: 'x', metadata: { access: anyone } };
    const create = { ...endpoint, method: 'POST', responses: { 201: z.object({ id: Id }) } };
    const get = { ...endpoint, method: 'GET', responses: {} };
    const locate = (from: string, of: string) => {
      const router = { tasks: { create: { ...create, path: from }, get: { ...get, path: of } } };
      const [operation] = operationsOf(router as unknown as AppRouter);
      return operation?.locate?.('/projects/p%20q/tasks', { id: '7' });
    };
    const tasks = '/projects/:projectId/tasks';
    expect(locate(tasks, `${tasks}/:taskId`)).toBe('/projects/p%20q/tasks/7');
    expect([locate(tasks, '/tasks/:taskId'), locate(tasks, `${tasks}/:a/:b`)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('of a sign-up is the own account', async () => {
    const created = await app.request('/api/v1/auth/register', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(newPerson()),
    });
    expect(created.headers.get('location')).toBe('/api/v1/me');
  });

  it('can be read by a page elsewhere', async () => {
    const { headers } = await app.request('/api/v1/health');
    expect(headers.get('access-control-expose-headers')).toContain('Location');
  });
});
