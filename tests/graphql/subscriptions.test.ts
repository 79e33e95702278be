import { randomUUIDv7 } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { listen, tell } from '../features/events/listening.ts';
import { useApp } from '../kit/app.ts';
import { aMember } from '../kit/callers.ts';
import { eventually } from '../kit/eventually.ts';
import { quickSession } from '../kit/quick-session.ts';
import { type Following, follow } from './following.ts';

const app = useApp({ LIVE_EVENTS_PER_CALLER: '2' });

const page = await readFile(join(import.meta.dirname, '../../docs/live-events.md'), 'utf8');
/** As the page shows it. */
const [, document = ''] = /```graphql\n([^`]+)```/.exec(page) ?? [];

const idsOf = ({ told }: Following) => told.map(({ events }) => (events as { id: string }).id);
const hears = (following: Following, ids: readonly string[]) =>
  eventually(() => expect(idsOf(following)).toEqual(ids));
const open = async () => {
  const lines = await app.scrape();
  return lines.find((line) => line.startsWith('charter_live_events_open '))?.split(' ')[1];
};
const isOpen = (streams: number) =>
  eventually(async () => expect(await open()).toBe(String(streams)));

it('tells events as typed objects: of the kinds that were asked for, and what was missed first', async () => {
  const { userId, headers } = await quickSession(app);
  const data = { userId, changed: ['fullName'] };
  const [seen, missed = ''] = await tell(app, { data }, { data });
  const following = follow(app, headers, document, {
    types: ['account_updated', 'session_ended'],
    lastEventId: seen,
  });
  await hears(following, [missed]);
  const ended = { userId, sessionId: randomUUIDv7(), reason: 'logout' };
  const [, last = ''] = await tell(
    app,
    { name: 'account.activated', data: { userId } },
    { name: 'session.ended', data: ended },
    { data: { userId: randomUUIDv7() } },
  );
  await hears(following, [missed, last]);
  expect(following.told.map(({ events }) => events)).toEqual([
    {
      __typename: 'AccountUpdatedEvent',
      id: missed,
      type: 'account_updated',
      version: 1,
      timestamp: app.clock.now().toISOString(),
      data,
    },
    expect.objectContaining({
      __typename: 'SessionEndedEvent',
      type: 'session_ended',
      data: { reason: 'logout' },
    }),
  ]);
});

it('is refused with the problems of the operation, and keeps no place', async () => {
  const { headers } = await quickSession(app);
  const gone = randomUUIDv7();
  const cases = [
    [{}, {}, { code: 'unauthenticated', status: 401 }],
    [headers, { lastEventId: gone }, { code: 'events_gone', status: 410 }],
    [headers, { lastEventId: 'yesterday' }, { code: 'validation_failed', status: 422 }],
    [headers, { types: [] }, { code: 'validation_failed', status: 422 }],
  ] as const;
  for (const [sent, variables, problem] of cases) {
    const following = follow(app, sent, document, variables);
    await eventually(() => expect(following.problems).toMatchObject([problem]));
    expect(following.isComplete).toBe(true);
  }
  await isOpen(0);
});

it('counts among the streams of its caller, by HTTP as well; who leaves makes room', async () => {
  const { headers } = await quickSession(app);
  const one = follow(app, headers, document);
  await isOpen(1);
  expect(await listen(app, headers)).toMatchObject({ status: 200 });
  const third = follow(app, headers, document);
  await eventually(() =>
    expect(third.problems).toMatchObject([{ code: 'too_many_streams', retryAfterSeconds: 10 }]),
  );
  // Nothing happens meanwhile: that they have left is noticed all the same.
  one.leave();
  await isOpen(1);
  follow(app, headers, document);
  await isOpen(2);
});

it('ends with the sign-in', async () => {
  const { client, tokens } = await aMember(app);
  const headers = { Authorization: `Bearer ${tokens().accessToken}` };
  const following = follow(app, headers, document);
  await isOpen(1);
  await unwrap(client.auth.logout());
  await eventually(() => expect(following.isComplete).toBe(true));
});

it('is nothing for who takes no events, and keeps no place for them', async () => {
  const { headers } = await quickSession(app);
  const answer = await app.request('/graphql', {
    method: 'POST',
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
  });
  expect(answer.status).toBe(406);
  expect(await answer.json()).toMatchObject({ code: 'not_acceptable' });
  await isOpen(0);
});

it.each([
  ['nobody', {}, {}, 401, undefined],
  ['who was told of nothing there is', undefined, { lastEventId: 'no-id' }, 422, 'lastEventId'],
])(
  'refuses %s with the status of the problem',
  async (_who, anonymous, variables, status, path) => {
    const { headers } = await quickSession(app);
    const accept = 'application/graphql-response+json, text/event-stream;q=0.1';
    const answer = await app.request('/graphql', {
      method: 'POST',
      headers: { ...(anonymous ?? headers), accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
    expect(answer.status).toBe(status);
    const { errors } = (await answer.json()) as { errors: { extensions: object }[] };
    expect(errors[0]?.extensions).toMatchObject({
      status,
      ...(path && { errors: [{ in: 'headers', path }] }),
    });
  },
);

it('is a request that says how long it was open', async () => {
  const { headers } = await quickSession(app);
  const following = follow(app, headers, document);
  await isOpen(1);
  const before = app.logs.length;
  following.leave();
  await eventually(() =>
    expect(app.logs.slice(before)).toContainEqual(
      expect.objectContaining({ status: 200, openMs: expect.any(Number) }),
    ),
  );
});

it('ends when the service stops', async () => {
  const { headers } = await quickSession(app);
  const following = follow(app, headers, document);
  await isOpen(1);
  app.platform.shut();
  await eventually(() => expect(following.isComplete).toBe(true));
});

it('answers a HEAD with the head alone, and nobody is left listening', async () => {
  const { headers } = await quickSession(app);
  const query = encodeURIComponent('subscription { events { id } }');
  const accept = 'text/event-stream';
  const init = { method: 'HEAD', headers: { ...headers, accept } };
  const response = await app.request(`/graphql?query=${query}`, init);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(await response.text()).toBe('');
  await isOpen(0);
});
