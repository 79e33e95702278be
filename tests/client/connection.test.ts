import { describe, expect, it } from 'vitest';
import { meGet } from '../../client/generated/me.ts';
import { usersGet } from '../../client/generated/users.ts';
import { apiKey, bearer, createClient, NetworkError, tokensInMemory } from '../../client/index.ts';
import { scripted } from './scripted.ts';
import { gate, problem, standIn } from './stand-in.ts';

const me = { status: 200, body: { id: '1' } };

describe('headers', () => {
  it('of the connection go with each request, and a call has its own', async () => {
    const { connection, sent } = scripted(me, me);
    const ours = { ...connection, headers: { 'X-Tenant': 'acme', 'x-unset': undefined } };
    await meGet(ours);
    await meGet(ours, {}, { headers: { 'x-tenant': 'other', 'Accept-Language': 'de' } });
    expect(sent.map(({ headers }) => headers)).toEqual([
      { 'x-tenant': 'acme' },
      { 'x-tenant': 'other', 'accept-language': 'de' },
    ]);
  });

  it('that the client says itself are said by it alone, in whatever case', async () => {
    const { connection, sent } = scripted(me);
    const headers = { Authorization: 'no', 'if-none-match': 'no' };
    const credentials = apiKey('key');
    await usersGet({ ...connection, credentials, headers }, { userId: '1', ifNoneMatch: '"1"' });
    expect(sent[0]?.headers).toEqual({ authorization: 'Bearer key', 'if-none-match': '"1"' });
  });

  it('of the connection go with a refresh as well', async () => {
    const pair = { delivery: 'tokens', accessToken: 'b', refreshToken: 'b' };
    const refused = problem(401, 'unauthenticated');
    const { connection, sent } = scripted(refused, { status: 200, body: pair }, me);
    const credentials = bearer(tokensInMemory({ accessToken: 'a', refreshToken: 'a' }));
    await meGet({ ...connection, credentials, headers: { 'x-tenant': 'acme' } });
    expect(sent.map(({ headers }) => headers['x-tenant'])).toEqual(Array(3).fill('acme'));
  });
});

describe('a redirect', () => {
  it.each([
    [301, 'another service'],
    [307, 'another service'],
    [308, 'the same service'],
  ])('%i to %s is not followed: what was sent goes nowhere else', async (status, where) => {
    const elsewhere = await standIn(() => me);
    const service = await standIn(({ url }) => {
      const base = where === 'the same service' ? '' : elsewhere.baseUrl;
      return url.startsWith('/api') ? { status, headers: { location: `${base}/moved` } } : me;
    });
    const client = createClient({ ...service, credentials: apiKey('key') });
    const body = { identifier: 'ada', password: 'secret', delivery: 'tokens' } as const;
    const name = 'AnswerError';
    await expect(client.auth.login({ body })).rejects.toMatchObject({ name, status });
    await expect(client.me.get()).rejects.toMatchObject({ name, status });
    expect([service.requests.length, elsewhere.requests.length]).toEqual([2, 0]);
  });
});

describe('the signal of a connection', () => {
  it('ends its calls, beside that of each call and the time that is left', async () => {
    const { opened } = gate();
    const service = await standIn(async () => opened.then(() => me));
    const controller = new AbortController();
    const own = new AbortController();
    const connection = { ...service, signal: controller.signal, timeoutMs: 60_000 };
    const calls = [meGet(connection), meGet(connection, {}, { signal: own.signal })];
    own.abort(new Error('this one'));
    await expect(calls[1]).rejects.toThrow('this one');
    controller.abort(new Error('all of them'));
    await expect(calls[0]).rejects.toThrow('all of them');
  });

  it('does not end a refresh that others wait for', async () => {
    const controller = new AbortController();
    const refreshed = { delivery: 'tokens', accessToken: 'b', refreshToken: 'b' };
    const { connection, sent } = scripted(problem(401, 'unauthenticated'), {
      status: 200,
      body: refreshed,
    });
    const store = tokensInMemory({ accessToken: 'a', refreshToken: 'a' });
    await meGet({ ...connection, credentials: bearer(store), signal: controller.signal }).catch(
      () => {},
    );
    expect(sent[1]?.url).toMatch(/refresh$/);
    expect(sent[1]).not.toHaveProperty('signal');
  });
});

describe('a client with something else', () => {
  it('adds headers and replaces the rest, and leaves the first one as it is', async () => {
    const { connection, sent } = scripted(me, me, me);
    const client = createClient({ ...connection, headers: { a: '1', b: '1' } });
    const other = client.with({ headers: { b: '2', a: undefined }, credentials: apiKey('key') });
    await client.me.get();
    await other.me.get();
    await other.with({ credentials: undefined }).me.get();
    expect(sent.map(({ headers }) => headers)).toEqual([
      { a: '1', b: '1' },
      { b: '2', authorization: 'Bearer key' },
      { b: '2' },
    ]);
  });

  it('shares its credentials: one refresh serves both', async () => {
    const service = await standIn(({ url, headers }) => {
      if (url.endsWith('/refresh')) {
        return { status: 200, body: { accessToken: 'b', refreshToken: 'b' } };
      }
      return headers.authorization === 'Bearer b' ? me : problem(401, 'unauthenticated');
    });
    const credentials = bearer(tokensInMemory({ accessToken: 'a', refreshToken: 'a' }));
    const client = createClient({ ...service, credentials });
    const other = client.with({ headers: { 'x-tenant': 'acme' } });
    const answers = await Promise.all([client.me.get(), other.me.get()]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(service.requests.filter(({ url }) => url.endsWith('/refresh'))).toHaveLength(1);
  });

  it('is ended by either signal', async () => {
    const [outer, inner] = [new AbortController(), new AbortController()];
    const client = createClient({ ...scripted().connection, signal: outer.signal });
    const other = client.with({ signal: inner.signal });
    inner.abort(new Error('inner'));
    await expect(other.me.get()).rejects.toThrow('inner');
    await expect(client.me.get()).rejects.toBeInstanceOf(NetworkError);
    const third = client.with({ signal: new AbortController().signal, timeoutMs: undefined });
    outer.abort(new Error('outer'));
    await expect(third.me.get()).rejects.toThrow('outer');
  });
});

it('an answer that breaks off has its request id', async () => {
  const broken = async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) });
    return new Response(body, { headers: { 'x-request-id': 'r-7' } });
  };
  const connection = { baseUrl: '', fetch: broken };
  await expect(meGet(connection)).rejects.toMatchObject({ requestId: 'r-7' });
  const none = meGet(scripted().connection);
  await expect(none).rejects.toMatchObject({ name: 'NetworkError', requestId: undefined });
});
