import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { graphqlOf } from '../kit/graphql.ts';

const app = useApp();

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

it('tells whoever knows JSON alone by the body', async () => {
  const answer = await graphqlOf(app)('{ nothing }');
  expect(answer.status).toBe(200);
  expect(answer).not.toHaveProperty('data');
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'invalid_document', status: 400 });
});
