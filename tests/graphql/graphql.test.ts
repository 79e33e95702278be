import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();

it('answers several operations in one request, each with its own rights', async () => {
  const { headers, userId } = await quickSession(app, { roles: ['admin'] });
  const { data, errors } = await graphqlOf(
    app,
    headers,
  )(`{
    me { username etag roles { name permissions } }
    users(first: 5) { totalCount nodes { ... on User { id } } edges { cursor } pageInfo { endCursor } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    me: { roles: [{ name: 'admin' }] },
    users: { totalCount: 1, nodes: [{ id: userId }] },
  });
});

it('answers what a mutation is refused with as one of its results', async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const ask = graphqlOf(app, headers);
  const create = `mutation {
    createUser(input: { email: "grace@example.com", username: "grace" }) {
      __typename
      ... on Problem { code status }
    }
  }`;
  expect((await ask(create)).data).toEqual({ createUser: { __typename: 'User' } });
  expect((await ask(create)).data).toEqual({
    createUser: { __typename: 'Problem', code: 'email_taken', status: 409 },
  });
});
