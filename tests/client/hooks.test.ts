import { expect, it } from 'vitest';
import { meGet } from '../../client/generated/me.ts';
import { rolesUpdate } from '../../client/generated/roles.ts';
import { usersGet } from '../../client/generated/users.ts';
import { bearer, type Hooks, hooks, retry, tokensInMemory } from '../../client/index.ts';
import { scripted } from './scripted.ts';
import { problem, type Reply } from './stand-in.ts';

const me: Reply = { status: 200, body: { id: '1' }, headers: { 'x-request-id': 'r-1' } };

/** A connection whose hooks write down what they hear. */
function watched(replies: (Reply | undefined)[], more: Hooks = {}) {
  const { connection, sent } = scripted(...replies);
  const heard: unknown[][] = [];
  const layer = hooks({
    onRequest: (request) => {
      heard.push(['request', { ...request }]);
      return undefined;
    },
    onResponse: ({ status }, request) => heard.push(['response', status, request]),
    onProblem: ({ code }, request) => heard.push(['problem', code, request]),
    onError: (error, request) => heard.push(['error', (error as Error).name, request]),
    ...more,
  });
  return { connection: { ...connection, hooks: layer }, sent, heard };
}

it('hooks hear of a request and its answer, and of the address as the contract has it', async () => {
  const { connection, heard } = watched([me]);
  await usersGet(connection, { userId: 'a b' });
  const request = {
    method: 'GET',
    path: '/api/v1/users/{userId}',
    url: 'https://api.example.com/api/v1/users/a%20b',
  };
  const told = { ...request, requestId: 'r-1', durationMs: expect.any(Number) };
  expect(heard).toEqual([
    ['request', request],
    ['response', 200, told],
  ]);
});

it('hooks hear of refusals as well, and of what is no answer', async () => {
  const { connection, heard } = watched([problem(404, 'not_found'), undefined]);
  await meGet(connection);
  await expect(meGet(connection)).rejects.toThrow();
  expect(heard.map(([what, told]) => [what, told])).toEqual([
    ['request', expect.anything()],
    ['response', 404],
    ['problem', 'not_found'],
    ['request', expect.anything()],
    ['error', 'NetworkError'],
  ]);
});

it('hooks hear of each request that leaves: again, and for a refresh', async () => {
  const unknown = problem(401, 'unauthenticated');
  const pair = { delivery: 'tokens', accessToken: 'new', refreshToken: 'b' };
  const { connection, heard } = watched([undefined, unknown, { status: 200, body: pair }, me]);
  const credentials = bearer(tokensInMemory({ accessToken: 'old', refreshToken: 'a' }));
  await meGet({ ...connection, credentials, retry: retry({ backoffMs: 0 }) });
  const asked = heard.filter(([what]) => what === 'request').map(([, told]) => told);
  expect(asked).toMatchObject([
    { path: '/api/v1/me' },
    { path: '/api/v1/me' },
    { path: '/api/v1/auth/refresh' },
    { path: '/api/v1/me' },
  ]);
});

it('the headers that a hook gives go along, but for those of the client', async () => {
  const onRequest = async () => ({
    Traceparent: '00-1-2-01',
    authorization: 'no',
    'x-unset': undefined,
  });
  const { connection, sent } = watched([me], { onRequest });
  const credentials = bearer(tokensInMemory({ accessToken: 'a', refreshToken: 'b' }));
  await meGet({ ...connection, credentials });
  expect(sent[0]?.headers).toEqual({ traceparent: '00-1-2-01', authorization: 'Bearer a' });
});

it('a hook changes nothing that the call says: its condition, its type, its own headers', async () => {
  const onRequest = () => ({
    'If-Match': '"hook"',
    'content-type': 'text/plain',
    'X-Tenant': 'hook',
    'x-trace': 'hook',
  });
  const { connection, sent } = watched([me, me], { onRequest });
  const input = { roleId: '1', body: { name: 'a' } };
  await rolesUpdate(connection, { ...input, ifMatch: '"call"' }, { headers: { 'x-tenant': 'a' } });
  await rolesUpdate({ ...connection, headers: { 'x-tenant': 'b' } }, input);
  const json = { 'content-type': 'application/json', 'x-trace': 'hook' };
  expect(sent.map(({ headers }) => headers)).toEqual([
    { ...json, 'if-match': '"call"', 'x-tenant': 'a' },
    { ...json, 'if-match': '"hook"', 'x-tenant': 'b' },
  ]);
});

it('what a hook throws, the call throws', async () => {
  const onResponse = () => {
    throw new Error('not like this');
  };
  const { connection } = watched([me], { onResponse });
  await expect(meGet(connection)).rejects.toThrow('not like this');
});

it('a deprecated operation says since when, and until when', async () => {
  const sunset = 'Fri, 01 Jan 2027 00:00:00 GMT';
  const heads: Record<string, string>[] = [
    { deprecation: '@1780272000', sunset },
    { deprecation: '@1780272000' },
    { deprecation: 'true' },
    {},
  ];
  const told: unknown[] = [];
  const onDeprecated: Hooks['onDeprecated'] = (deprecation, { path }) =>
    told.push([path, deprecation]);
  const replies = heads.map((headers) => ({ ...me, headers }));
  const { connection } = watched(replies, { onDeprecated });
  for (const _each of heads) await meGet(connection);
  const since = new Date('2026-06-01T00:00:00Z');
  expect(told).toEqual([
    ['/api/v1/me', { since, sunset: new Date(sunset) }],
    ['/api/v1/me', { since, sunset: undefined }],
  ]);
});
