import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';

const app = useApp();
const asked = `/graphql?query=${encodeURIComponent('{ __typename }')}`;

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
    expect([answer.status, await answer.json()]).toMatchObject([406, { code: 'not_acceptable' }]);
  },
);
