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
  console.log(await ask('{ me { username roles etag } users(first: 2) { totalCount nodes { __typename ... on User { username } } edges { cursor } pageInfo { hasNextPage endCursor } } user(userId: "x") { __typename } }'));
  console.log(await ask('mutation { createUser(input: {email: "a@b.example", username: "abc"}) { __typename ... on User { id etag } ... on Problem { code status errors { path } } } }'));
  console.log(await ask('mutation { createUser(input: {email: "a@b.example", username: "abc"}) { __typename ... on User { id etag } ... on Problem { code status errors { path } } } }'));
  console.log(await ask('{ nope }'));
  expect(1).toBe(1);
});
