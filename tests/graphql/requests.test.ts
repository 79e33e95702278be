import { once } from 'node:events';
import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { expect, it } from 'vitest';
import { publicUrl, startApp, useApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const frontend = 'https://app.example.com';
const app = useApp({ CORS_ORIGINS: frontend, GRAPHQL_MAX_COST: '300' });

const json = { 'content-type': 'application/json' };
const query = '{ __typename }';
const asked = `/graphql?query=${encodeURIComponent(query)}`;

async function problemOf(response: Response) {
  const type = response.headers.get('content-type');
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, type, code };
}

const problem = (status: number, code: string) => ({
  ...{ status, code },
  type: 'application/problem+json; charset=utf-8',
});

it.each<[what: string, init: RequestInit, status: number, code: string]>([
  ['another method', { method: 'PUT', headers: json, body: '{}' }, 405, 'method_not_allowed'],
  [
    'a form',
    { method: 'POST', body: new URLSearchParams({ query }) },
    415,
    'unsupported_media_type',
  ],
  ['an upload', { method: 'POST', body: new FormData() }, 415, 'unsupported_media_type'],
  [
    'bare GraphQL',
    { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: query },
    ...([415, 'unsupported_media_type'] as const),
  ],
  ['text', { method: 'POST', body: JSON.stringify({ query }) }, 415, 'unsupported_media_type'],
  [
    'a body without end',
    { method: 'POST', headers: json, body: JSON.stringify({ query: ' '.repeat(200_000) }) },
    ...([413, 'body_too_large'] as const),
  ],
  [
    'bytes that are no UTF-8',
    { method: 'POST', headers: json, body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) },
    ...([400, 'malformed_request'] as const),
  ],
  ['no document', { method: 'POST', headers: json, body: '{}' }, 400, 'malformed_request'],
  [
    'a caller that takes problems alone',
    {
      method: 'POST',
      headers: { ...json, accept: 'application/problem+json' },
      body: JSON.stringify({ query }),
    },
    ...([406, 'not_acceptable'] as const),
  ],
  [
    'a caller that wants pictures',
    { method: 'POST', headers: { ...json, accept: 'image/png' }, body: JSON.stringify({ query }) },
    ...([406, 'not_acceptable'] as const),
  ],
])('refuses %s as by HTTP', async (_what, init, status, code) => {
  expect(await problemOf(await app.request('/graphql', init))).toEqual(problem(status, code));
});

it('lists its methods', async () => {
  const options = await app.request('/graphql', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
  const refused = await app.request('/graphql', { method: 'DELETE' });
  expect(refused.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
});

it('answers GET, and HEAD without a body', async () => {
  const got = await app.request(asked);
  expect([got.status, await got.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  const head = await app.request(asked, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'));
});

it('answers in the type that is asked for', async () => {
  const typeFor = async (accept: string) =>
    (await app.request(asked, { headers: { accept } })).headers.get('content-type');
  expect(await typeFor('application/graphql-response+json')).toBe(
    'application/graphql-response+json; charset=utf-8',
  );
  expect(await typeFor('application/json')).toBe('application/json; charset=utf-8');
});

it.each([
  ['application/json;q=0, text/event-stream', 'text/event-stream'],
  ['*/*, application/json;q=0', 'application/graphql-response+json; charset=utf-8'],
  ['text/event-stream;q=0.1, application/json;q=0.5', 'application/json; charset=utf-8'],
  [
    'application/json;q=0.4, application/graphql-response+json',
    'application/graphql-response+json; charset=utf-8',
  ],
  ['application/json; charset=UTF-8', 'application/json; charset=utf-8'],
  [
    'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
    'application/graphql-response+json; charset=utf-8',
  ],
])('gives who takes %s %s', async (accept, type) => {
  const answer = await app.request(asked, { headers: { accept } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
});

it.each(['application/json;q=0', 'application/json; charset=utf-16', '*/*;q=0'])(
  'gives who takes %s nothing',
  async (accept) => {
    const answer = await app.request(asked, { headers: { accept } });
    expect(await problemOf(answer)).toEqual(problem(406, 'not_acceptable'));
  },
);

it('carries the headers of the API, not those of a page', async () => {
  const health = await app.request('/api/v1/health/liveness');
  const answer = await app.request(asked);
  const policy = 'content-security-policy';
  expect(answer.headers.get(policy)).toBe(health.headers.get(policy));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('ratelimit')).toMatch(/^"address"/);
});

it('answers a preflight of a frontend on the list, and of no other', async () => {
  const preflight = (origin: string) =>
    app.request('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
  const listed = await preflight(frontend);
  expect(listed.headers.get('access-control-allow-origin')).toBe(frontend);
  expect(listed.headers.get('access-control-allow-headers')).toBe('content-type');
  const other = await preflight('https://evil.example');
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

it.each([
  [{ origin: publicUrl }, 200],
  [{ origin: frontend }, 200],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ origin: 'https://evil.example' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{}, 403],
])('takes a GET with a cookie and %j: %i', async (headers, status) => {
  const answer = await app.request(asked, { headers: { cookie: 'session=x', ...headers } });
  expect(answer.status).toBe(status);
});

it('takes a GET without a cookie from anywhere', async () => {
  const answer = await app.request(asked, { headers: { origin: 'https://evil.example' } });
  expect(answer.status).toBe(200);
});

it('changes nothing by GET', async () => {
  const change = encodeURIComponent('mutation { logout { __typename } }');
  const accept = { accept: 'application/graphql-response+json' };
  const answer = await app.request(`/graphql?query=${change}`, { headers: accept });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await answer.json()).toMatchObject({
    errors: [{ extensions: { code: 'method_not_allowed' } }],
  });
});

it('tells whoever knows JSON alone by the body', async () => {
  const answer = await graphqlOf(app)('{ nothing }');
  expect(answer.status).toBe(200);
  expect(answer).not.toHaveProperty('data');
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'invalid_document', status: 400 });
});

it.each([
  ['{ users(first: 50) { nodes { __typename } } }', undefined],
  ['{ users(first: 200) { nodes { ... on User { roles { name } } } } }', 'document_too_costly'],
  ['{ users { nodes { ... on User { roles { name } } } } }', 'document_too_costly'],
])('lets %s cost what its pages and relations do', async (document, code) => {
  const { headers } = await quickSession(app, { permissions: ['users:read', 'roles:read'] });
  const { errors } = await graphqlOf(app, headers)(document);
  expect(errors?.[0]?.extensions?.['code']).toBe(code);
});

it('tells its schema as tools ask for it', async () => {
  const { data, errors } = await graphqlOf(app)(getIntrospectionQuery());
  expect(errors).toBeUndefined();
  expect(data).toHaveProperty('__schema');
});

it('never repeats the value of a variable', async () => {
  const { errors } = await graphqlOf(app)(
    'query Q($id: ID!, $n: Int) { user(userId: $id) { __typename } users(first: $n) { nodes { __typename } } }',
    { id: { password: 'pine; apple' }, n: 'grape' },
  );
  expect(errors?.length).toBeGreaterThan(0);
  expect(JSON.stringify(errors)).not.toMatch(/pine|apple|grape/);
  const { errors: unfinished } = await graphqlOf(app)(
    'mutation M($input: NewUserInput!) { createUser(input: $input) { __typename } }',
    { input: { username: 'pine' } },
  );
  expect(unfinished?.[0]?.message).toBe(
    'Variable "$input" has a value that its type does not take. Field "email" of required type "String!" was not provided.',
  );
});

it('names in its line, and counts, what it performed', async () => {
  const { headers } = await quickSession(app);
  await graphqlOf(
    app,
    headers,
  )('query Mine { me { id } again: me { id } sessions { __typename } }');
  await eventually(() => {
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        ...{ msg: 'request', route: '/graphql', operation: null, status: 200 },
        performed: expect.arrayContaining(['me.get']),
      }),
    );
  });
  const lines = await app.scrape();
  expect(lines).toContainEqual(
    expect.stringMatching(/^charter_graphql_cost_count\{kind="query".*\} /),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^charter_graphql_refused_total\{reason="cost".*\} [1-9]/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/http_route="\/graphql"/));
});

it('begins nothing more when the time is up', async () => {
  const short = await startApp({ GRAPHQL_TIMEOUT_MS: '1' });
  const { headers } = await quickSession(short, { permissions: ['users:read', 'roles:read'] });
  const names = Array.from({ length: 5 }, (_, at) => `a${at}: logout { __typename }`);
  const { status, errors } = await graphqlOf(short, headers)(`mutation { ${names.join(' ')} }`);
  expect(status).toBe(200);
  expect(errors?.at(-1)?.extensions).toMatchObject({
    ...{ code: 'service_unavailable', retryAfterSeconds: 2 },
    requestId: expect.any(String),
  });
  await short.close();
});

it('goes on when a caller leaves in the middle of a request', async () => {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"query":',
  );
  await once(socket, 'connect');
  socket.destroy();
  await eventually(() => {
    expect(app.logs).toContainEqual(expect.objectContaining({ route: '/graphql', status: 499 }));
  });
  expect((await app.request(asked)).status).toBe(200);
});

it('is not there where it is switched off', async () => {
  const without = await startApp({ GRAPHQL: 'false' });
  const answers = await Promise.all([asked, '/dev/graphiql'].map((path) => without.request(path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  await without.close();
});

it('has a page to try it on, from our own origin', async () => {
  const page = await app.request('/dev/graphiql');
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
  const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(
    ([, one]) => one,
  );
  expect(sources).toHaveLength(7);
  const found = await Promise.all(sources.map((source) => app.request(source ?? '')));
  expect(found.map(({ status }) => status)).toEqual(sources.map(() => 200));
  expect((await app.request('/dev/graphiql/assets/package.json')).status).toBe(404);
});
