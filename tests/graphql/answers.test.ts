import { once } from 'node:events';
import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp({ GRAPHQL_MAX_COST: '300' });

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
  expect((await app.request('/graphql?query=%7B__typename%7D')).status).toBe(200);
});
