import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();

it('answers', async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const ask = async (query: string, variables = {}) => {
    const r = await app.request('/graphql', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    return [r.status, Object.fromEntries(r.headers), await r.text()];
  };
  const [, , text] = await ask('{ me { username etag roles { name permissions } } users(first: 5) { nodes { ... on User { username roles { name } } } edges { cursor } pageInfo { endCursor hasNextPage } totalCount } sessions { id user { ... on User { username } } } auditEntries(first: 3) { nodes { operation actor actorUser { __typename ... on User { username } } } } }');
  console.log(JSON.stringify(JSON.parse(text as string), null, 1));
  expect(1).toBe(1);
});
