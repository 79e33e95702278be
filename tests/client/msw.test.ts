import { describe, expect, it } from 'vitest';
import { createMock, examples, type Http } from '../../client/generated/msw.ts';
import { createClient, type Fetch, ProblemError, unwrap } from '../../client/index.ts';
import type { OpenApiOperation } from '../../contract/document/openapi.ts';
import { document, faultOf, findOperation, pointed } from '../kit/document.ts';

interface Handler {
  readonly method: string;
  readonly path: string;
  readonly answer: Parameters<Http<Handler>['get']>[1];
}

const making = (method: string) => (path: string, answer: Handler['answer']) => ({
  method,
  path,
  answer,
});

/** What msw's `http` does, without msw; the real one is tried by `npm run check:entries`. */
const http: Http<Handler> = {
  get: making('GET'),
  post: making('POST'),
  put: making('PUT'),
  patch: making('PATCH'),
  delete: making('DELETE'),
};

const baseUrl = 'http://charter.test';
const mock = createMock(http, { baseUrl });

/** The first handler that fits answers. */
function fetchFrom(handlers: readonly Handler[]) {
  return async (url: string, init: Parameters<Fetch>[1]): Promise<Response> => {
    const request = new Request(url, init as RequestInit);
    const { pathname } = new URL(url);
    for (const { method, path, answer } of handlers) {
      const pattern = path.slice(baseUrl.length).replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
      const found = new RegExp(`^${pattern}$`).exec(pathname);
      if (method === request.method && found)
        return answer({ request, params: { ...found.groups } });
    }
    throw new Error(`${init.method} ${url} has no handler`);
  };
}

function clientOf(...own: Handler[]) {
  return createClient({ baseUrl, fetch: fetchFrom([...own, ...mock.handlers]) });
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

interface Declared {
  readonly content?: Record<string, { readonly schema: object }>;
}

/** What is wrong with an answer, after the document. */
async function faultIn(operation: OpenApiOperation, response: Response) {
  const declared = operation.responses[response.status] as Declared | undefined;
  if (!declared) return `${response.status} is not declared`;
  const type = response.headers.get('content-type') ?? '';
  const media = pointed(declared).content?.[type];
  if (!type.includes('json')) return type && !media ? `${type} is not declared` : undefined;
  return media ? faultOf(media.schema, await response.json()) : `${type} is not declared`;
}

describe('a mock that was told nothing', () => {
  it('answers each operation with an example that keeps the contract', async () => {
    const faults: string[] = [];
    const send = fetchFrom(mock.handlers);
    for (const { path, method, operation } of operations) {
      const url = baseUrl + path.replaceAll(/\{\w+\}/g, 'x');
      const response = await send(url, { method: method.toUpperCase(), headers: {} });
      const { status } = response;
      const fault = status < 400 ? await faultIn(operation, response) : `${status} is no success`;
      const isOther = findOperation(method, new URL(url).pathname)?.operation !== operation;
      if (fault || isOther) faults.push(`${operation.operationId}: ${fault ?? 'another answers'}`);
    }
    expect(faults).toEqual([]);
    expect(mock.handlers).toHaveLength(operations.length);
  });

  it('answers as the request asks, where there are several examples', async () => {
    const client = clientOf();
    const signIn = { identifier: 'ada', password: 'x' };
    const byCookie = client.auth.login({ body: { ...signIn, delivery: 'cookie' } });
    expect(await unwrap(byCookie)).toEqual(examples.CookieSignIn);
    const byTokens = client.auth.login({ body: { ...signIn, delivery: 'tokens' } });
    expect(await unwrap(byTokens)).toEqual(examples.TokenSignIn);
  });

  it('streams bytes of the declared type', async () => {
    const answer = await clientOf().me.getAvatar();
    if (!answer.ok) throw new ProblemError(answer.problem);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(await new Response(answer.body).bytes()).toEqual(examples.picture);
  });

  it('names the state of what it shows', async () => {
    expect(await clientOf().roles.get({ roleId: '1' })).toMatchObject({ etag: '"mocked"' });
  });
});

describe('a handler that says something else', () => {
  it('refuses as the contract does, with each of its codes', async () => {
    type Make = (reply: object) => Handler;
    const makers = Object.values(mock).flatMap((noun) => Object.values(noun as object) as Make[]);
    const makeFor = new Map(
      makers.flatMap((make) => {
        if (typeof make !== 'function') return [];
        const { method, path } = make({});
        return [[`${method} ${path}`, make] as const];
      }),
    );
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const { path, method, operation } of operations) {
      const address = `${baseUrl}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      const make = makeFor.get(`${method.toUpperCase()} ${address}`);
      for (const [status, code] of codesOf(operation)) {
        if (seen.has(code)) continue;
        seen.add(code);
        const request = new Request(baseUrl, { method: method.toUpperCase() });
        const response = await make?.({ status, code }).answer({ request, params: {} });
        const fault = response ? await faultIn(operation, response) : 'nothing makes its handler';
        if (fault || response?.status !== status) faults.push(`${operation.operationId}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(50);
  });

  it('is asked with the input that the client was given', async () => {
    const asked: unknown[] = [];
    const client = clientOf(
      mock.users.list(({ input }) => {
        asked.push(input);
        return { status: 200, body: { items: [], nextCursor: null } };
      }),
      mock.roles.update(({ input, example }) => {
        asked.push(input);
        return { status: 200, body: { ...example, ...input.body } };
      }),
      mock.auth.revoke(({ input, example }) => {
        asked.push(input);
        return { status: 200, body: example };
      }),
    );
    const query = { limit: 5, includeTotal: true, isActive: false, search: 'a b' };
    await client.users.list(query);
    const change = { roleId: 'r 1', ifMatch: '"1"', body: { description: 'New' } };
    expect(await unwrap(client.roles.update(change))).toMatchObject({ description: 'New' });
    const revocation = { body: { token: 't & u' } };
    await unwrap(client.auth.revoke(revocation));
    expect(asked).toEqual([query, { ...change, roleId: 'r%201' }, revocation]);
  });

  it('may refuse with words and findings of its own, or answer a Response', async () => {
    const errors = [{ in: 'body', path: 'email', code: 'wrong_format', message: 'No' }] as const;
    const client = clientOf(
      mock.users.create({ status: 422, code: 'validation_failed', detail: 'No.', errors }),
      mock.me.get(() => new Response('<html>', { status: 502 })),
      mock.health.check({
        status: 200,
        body: examples.HealthReport,
        headers: { 'x-own': 'yes', 'Cache-Control': 'private' },
      }),
    );
    const body = { email: 'a@example.com', username: 'ada' };
    const refusal = await unwrap(client.users.create({ body })).catch((error) => error);
    expect(refusal).toMatchObject({
      code: 'validation_failed',
      errors,
      problem: { detail: 'No.' },
    });
    await expect(client.me.get()).rejects.toMatchObject({ status: 502 });
    const { headers } = await client.health.check();
    expect(headers.get('x-own')).toBe('yes');
    expect(headers.get('cache-control')).toBe('private');
  });
});

function codesOf({ responses }: OpenApiOperation): [number, string][] {
  return Object.entries(responses).flatMap(([status, response]) => {
    const { content = {} } = pointed(response as Declared);
    const text = JSON.stringify(content['application/problem+json'] ?? {});
    const [, codes = ''] = /"code":\{"type":"string","enum":\[(.*?)\]/.exec(text) ?? [];
    return codes
      .split(',')
      .filter(Boolean)
      .map((code): [number, string] => [Number(status), JSON.parse(code)]);
  });
}
