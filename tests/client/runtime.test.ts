import { describe, expect, it } from 'vitest';
import { authRevoke } from '../../client/generated/auth.ts';
import { healthCheck } from '../../client/generated/health.ts';
import { meGet } from '../../client/generated/me.ts';
import { usersCreate, usersGet, usersList, usersRemove } from '../../client/generated/users.ts';
import {
  AnswerError,
  createClient,
  NetworkError,
  ProblemError,
  pagesOf,
  toArray,
  unwrap,
} from '../../client/index.ts';
import { call } from '../../client/runtime/call.ts';
import { gate, problem, standIn } from './stand-in.ts';

const user = { view: 'full', id: '1', username: 'ada', email: 'ada@example.com' };
const json = (body: unknown, status = 200) => ({ status, body });

describe('a call', () => {
  it('sends the body as JSON and answers with the declared status', async () => {
    const service = await standIn(() => json(user, 201));
    const body = { email: 'ada@example.com', username: 'ada' };
    const answer = await usersCreate(service, { body });
    expect(answer).toMatchObject({ ok: true, status: 201, body: user });
    const [request] = service.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/users' });
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual(body);
  });

  it('sends neither a body nor a content type where there is none', async () => {
    const service = await standIn(() => ({ status: 204 }));
    await createClient(service).auth.logout();
    expect(service.requests[0]).toMatchObject({ method: 'POST', body: '' });
    expect(service.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  it('answers nothing as an undefined body', async () => {
    const service = await standIn(() => ({ status: 204 }));
    const answer = await usersRemove(service, { userId: '1' });
    expect(answer).toMatchObject({ ok: true, status: 204, body: undefined });
  });

  it('gives the tag of what is shown, as the service made it', async () => {
    const heads: Record<string, string>[] = [{ ETag: '"a"' }, { ETag: 'W/"a"' }, {}];
    const service = await standIn(() => ({ ...json(user), headers: heads.shift() ?? {} }));
    const told = [await meGet(service), await meGet(service), await meGet(service)];
    expect(told.map(({ etag }) => etag)).toEqual(['"a"', '"a"', undefined]);
  });

  it('gives the headers of the answer', async () => {
    const service = await standIn(() => ({ ...json(user), headers: { RateLimit: '"api"; r=9' } }));
    const { headers } = await meGet(service);
    expect(headers.get('ratelimit')).toBe('"api"; r=9');
  });

  it('keeps the path of the base address, with or without a slash at its end', async () => {
    const service = await standIn(() => json(user));
    await meGet({ baseUrl: `${service.baseUrl}/gateway/` });
    await meGet({ baseUrl: `${service.baseUrl}/gateway` });
    expect(service.requests.map(({ url }) => url)).toEqual(Array(2).fill('/gateway/api/v1/me'));
  });

  it('takes undefined for whatever is not set, and hands fetch none of it', async () => {
    const sent: unknown[] = [];
    const ownFetch = async (...args: unknown[]) => {
      sent.push(args);
      return Response.json({ items: [], nextCursor: null });
    };
    const unset = { signal: undefined, timeoutMs: undefined };
    const connection = { baseUrl: '', credentials: undefined, fetch: ownFetch, ...unset };
    await usersList(connection, { cursor: undefined, search: undefined }, unset);
    expect(sent).toStrictEqual([
      ['/api/v1/users', { method: 'GET', headers: {}, redirect: 'manual' }],
    ]);
  });

  it('leaves undefined out of a body', async () => {
    const service = await standIn(() => json(user, 201));
    const body = { email: 'ada@example.com', username: 'ada', fullName: undefined };
    await usersCreate(service, { body });
    expect(service.requests[0]?.body).toBe('{"email":"ada@example.com","username":"ada"}');
  });

  it('sends a form as a form', async () => {
    const service = await standIn(() => json({}));
    await authRevoke(service, { body: { token: 'a&b c', token_type_hint: undefined } });
    expect(service.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(service.requests[0]?.body).toBe('token=a%26b+c');
  });

  it("uses the caller's fetch, unbound, as browsers want it", async () => {
    const receivers: unknown[] = [];
    const ownFetch = function (this: unknown) {
      receivers.push(this);
      return Promise.resolve(Response.json(user));
    } as typeof fetch;
    await meGet({ baseUrl: 'https://api.example.com', fetch: ownFetch });
    expect(receivers).toEqual([undefined]);
  });
});

describe('an address', () => {
  it('encodes path parameters, so that they stay one segment', async () => {
    const service = await standIn(() => json(user));
    await usersGet(service, { userId: '../a/b?c=d#e f%{userId}$&é' });
    expect(service.requests[0]?.url).toBe(
      '/api/v1/users/..%2Fa%2Fb%3Fc%3Dd%23e%20f%25%7BuserId%7D%24%26%C3%A9',
    );
  });

  it.each(['', '.', '..', undefined])('refuses %o as a path parameter', async (userId) => {
    const service = await standIn(() => json(user));
    const call = usersGet(service, { userId: userId as string });
    await expect(call).rejects.toThrow(TypeError);
    expect(service.requests).toHaveLength(0);
  });

  it('encodes query parameters and leaves out what is undefined', async () => {
    const service = await standIn(() => json({ items: [], nextCursor: null }));
    const search = 'a&b=c+d é#%';
    await usersList(service, { search, limit: 5, isActive: false, role: undefined });
    const { pathname, searchParams } = new URL(service.requests[0]?.url ?? '', service.baseUrl);
    expect(pathname).toBe('/api/v1/users');
    expect(Object.fromEntries(searchParams)).toEqual({ search, limit: '5', isActive: 'false' });
  });

  it('repeats the name of a list', async () => {
    const service = await standIn(() => json({}));
    const operation = { method: 'GET', path: '/things', answers: { 200: 'json' } } as const;
    await call(service, operation, { 'tag[]': ['a', 'b c'], none: [] });
    expect(service.requests[0]?.url).toBe('/things?tag%5B%5D=a&tag%5B%5D=b+c');
  });
});

describe('an answer', () => {
  it('is a problem with its code where the service refuses', async () => {
    const service = await standIn(() => problem(404, 'not_found'));
    const answer = await usersGet(service, { userId: '1' });
    expect(answer).toMatchObject({ ok: false, status: 404, problem: { code: 'not_found' } });
    expect(answer.body).toBeUndefined();
  });

  it('is a problem even where the operation does not list the status', async () => {
    const service = await standIn(() => problem(431, 'headers_too_large'));
    const answer = await meGet(service);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'headers_too_large' } });
  });

  it('tells an unhealthy report from a problem of the same status', async () => {
    const report = { status: 'unhealthy', checkedAt: '2026-11-21T12:00:00.000Z' };
    const unhealthy = await standIn(() => json(report, 503));
    const away = await standIn(() => problem(503, 'service_unavailable'));
    const [first, second] = await Promise.all([healthCheck(unhealthy), healthCheck(away)]);
    expect(first).toMatchObject({ ok: false, status: 503, body: report });
    expect(first.problem).toBeUndefined();
    expect(second.problem?.code).toBe('service_unavailable');
    expect(second.body).toBeUndefined();
  });

  it('is a success even where its body has a code of its own', async () => {
    const service = await standIn(() => json({ ...user, code: 'ADA' }));
    expect(await meGet(service)).toMatchObject({ ok: true, body: { code: 'ADA' } });
  });

  const page = '<html><h1>502 Bad Gateway</h1></html>';
  it.each([
    ["a proxy's page", { status: 502, type: 'text/html', body: page }, page],
    ['a page with a good status', { status: 200, type: 'text/html', body: page }, page],
    ['JSON that breaks off', { status: 200, body: '{"id":' }, '{"id":'],
    ['text that looks like JSON', { status: 200, type: 'text/plain', body: '{}' }, '{}'],
    ['a good status without a body', { status: 200 }, ''],
    ['a status that the contract does not know', json({ id: 1 }, 207), { id: 1 }],
    ['a problem of someone else', { ...problem(500, ''), body: { title: 'Oh' } }, { title: 'Oh' }],
  ])('is an AnswerError where it is %s', async (_, reply, body) => {
    const service = await standIn(() => ({ ...reply, headers: { 'x-request-id': 'r-1' } }));
    const error = await meGet(service).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnswerError);
    expect(error).toMatchObject({ status: reply.status, requestId: 'r-1', body });
    expect((error as Error).message).toContain(`GET /api/v1/me: ${reply.status}`);
  });

  it('is a NetworkError where there is none', async () => {
    const broken = () => Promise.reject(new TypeError('fetch failed'));
    const error = await meGet({ baseUrl: 'http://away.example', fetch: broken }).catch((e) => e);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toBe('GET /api/v1/me: no answer from http://away.example');
    expect(error.cause.message).toBe('fetch failed');
  });

  it('is a NetworkError where it breaks off', async () => {
    const headers = { 'content-length': '100' };
    const service = await standIn(() => ({ status: 200, headers, body: '{' }));
    const call = meGet({ ...service, fetch: cutting });
    await expect(call).rejects.toBeInstanceOf(NetworkError);
  });
});

/** Fetches, but the body fails while it is read. */
async function cutting(): Promise<Response> {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

describe('unwrap', () => {
  it('gives the body of a success, of an answer or of its promise', async () => {
    const service = await standIn(() => json(user));
    expect(await unwrap(usersGet(service, { userId: '1' }))).toEqual(user);
    expect(await unwrap(await usersGet(service, { userId: '1' }))).toEqual(user);
  });

  it('throws a ProblemError with code, status, request id and the broken rules', async () => {
    const errors = [{ in: 'body', path: 'email', code: 'wrong_format', message: 'Invalid' }];
    const service = await standIn(() => problem(422, 'validation_failed', { errors }));
    const call = usersCreate(service, { body: { email: '', username: '' } });
    const error = await unwrap(call).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'validation_failed', status: 422, requestId: 'request-1' });
    expect(error).toMatchObject({ errors, problem: { type: expect.stringContaining('https:') } });
    expect((error as Error).message).toBe('422 validation_failed: This is validation_failed.');
  });

  it('lists no broken rules where the problem names none', async () => {
    const service = await standIn(() => problem(404, 'not_found'));
    await expect(unwrap(meGet(service))).rejects.toMatchObject({ errors: [] });
  });

  it('throws an AnswerError with the body for a refusal that is no problem', async () => {
    const report = { status: 'unhealthy', checkedAt: '2026-11-21T12:00:00.000Z' };
    const service = await standIn(() => json(report, 503));
    const error = await unwrap(healthCheck(service)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnswerError);
    expect(error).toMatchObject({ status: 503, body: report });
  });
});

describe('ending a call early', () => {
  it("rejects with the signal's reason", async () => {
    const { opened } = gate();
    const service = await standIn(async () => opened.then(() => json(user)));
    const controller = new AbortController();
    const call = meGet(service, {}, { signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(call).rejects.toThrow('changed my mind');
  });

  it('sends nothing where the signal is aborted already', async () => {
    const service = await standIn(() => json(user));
    const call = meGet(service, {}, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(service.requests).toHaveLength(0);
  });

  it('rejects with a TimeoutError when the time is up', async () => {
    const { opened } = gate();
    const service = await standIn(async () => opened.then(() => json(user)));
    const options = { signal: new AbortController().signal, timeoutMs: 5 };
    const hurried = { ...service, timeoutMs: 5 };
    const unset = { signal: undefined, timeoutMs: undefined };
    const calls = [meGet(hurried), meGet(hurried, {}, unset), meGet(service, {}, options)];
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('all items of a list', () => {
  const pages: Record<string, object> = {
    first: { items: [{ id: 1 }, { id: 2 }], nextCursor: 'second' },
    second: { items: [], nextCursor: 'third' },
    third: { items: [{ id: 3 }], nextCursor: null },
  };
  const paged = () =>
    standIn(({ url }) => {
      const cursor = new URL(url, 'http://service').searchParams.get('cursor') ?? 'first';
      const page = pages[cursor];
      return page ? json(page) : problem(422, 'validation_failed');
    });

  it('come page by page, each asked for with the same input', async () => {
    const service = await paged();
    const items = createClient(service).users.listAll({ search: 'a b', limit: 2 });
    expect(await toArray(items)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    const queries = service.requests.map(({ url }) => url.split('?')[1]);
    const asked = 'search=a+b&limit=2';
    expect(queries).toEqual([asked, `${asked}&cursor=second`, `${asked}&cursor=third`]);
  });

  it('are fetched only as far as they are read', async () => {
    const service = await paged();
    for await (const _ of createClient(service).users.listAll()) break;
    expect(service.requests).toHaveLength(1);
  });

  it('end after as many as their caller wants, and no page is asked for in vain', async () => {
    const service = await paged();
    const { users } = createClient(service);
    const wanted = [0, 1, 2, 3, 9].map((maxItems) => toArray(users.listAll({}, { maxItems })));
    expect((await Promise.all(wanted)).map(({ length }) => length)).toEqual([0, 1, 2, 3, 3]);
    // One for each of the first two, three for each of the last two.
    expect(service.requests).toHaveLength(8);
  });

  it('come as pages as well', async () => {
    const service = await paged();
    const { users } = createClient(service);
    const all = await toArray(pagesOf((next) => users.list({ search: 'ada', ...next })));
    expect(all.map(({ items }) => items.length)).toEqual([2, 0, 1]);
    expect(service.requests[1]?.url).toContain('search=ada&cursor=second');
  });

  it('begin at a cursor that the caller kept', async () => {
    const service = await paged();
    const items = createClient(service).users.listAll({ cursor: 'third' });
    expect(await toArray(items)).toEqual([{ id: 3 }]);
  });

  it('end with a ProblemError where the service refuses', async () => {
    const service = await paged();
    const items = createClient(service).users.listAll({ cursor: 'unknown' });
    await expect(toArray(items)).rejects.toBeInstanceOf(ProblemError);
  });

  it('end when the signal aborts between two pages', async () => {
    const service = await paged();
    const controller = new AbortController();
    const items = createClient(service).users.listAll({}, { signal: controller.signal });
    const read = async () => {
      for await (const _ of items) controller.abort();
    };
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
    expect(service.requests).toHaveLength(1);
  });
});
