import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import type { EventStream } from '../../../server/features/events/event-stream.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, roleIdOf } from '../../kit/build.ts';
import { aMember, anAdministrator } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { quickProgram } from '../../kit/quick-key.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { type Listening, listen, tell } from './listening.ts';

const app = useApp({ LIVE_EVENTS_PER_CALLER: '3', LIVE_EVENTS_BUFFER_BYTES: '2048' });

const idsOf = ({ heard }: Listening) => heard.map(({ id }) => id);
const hears = (listening: Listening, ids: readonly string[]) =>
  eventually(() => expect(idsOf(listening)).toEqual(ids));
const metric = async (line: string) =>
  (await app.scrape()).find((one) => one.startsWith(`charter_live_events_${line} `));

describe('who follows', () => {
  it('hears of the own account, in envelopes, and nothing of others', async () => {
    const { userId, headers } = await quickSession(app);
    const listening = await listen(app, headers);
    expect(Object.fromEntries(listening.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // A process that stops waits for no connection that is kept alive behind one.
      connection: 'close',
    });
    expect(listening.headers.has('content-disposition')).toBe(false);
    const byUserId = randomUUIDv7();
    const [, id = ''] = await tell(
      app,
      { data: { userId: randomUUIDv7() } },
      { data: { userId, changed: ['fullName'] } },
      // Who acts as somebody is not told to them.
      { name: 'account.impersonated', data: { userId, byUserId, sessionId: byUserId } },
      // Of a release that is newer than this one.
      { name: 'account.tickled' as never, data: { userId } },
    );
    const [last = ''] = await tell(app, { data: { userId } });
    await hears(listening, [id, last]);
    expect(listening.heard[0]).toEqual({
      id,
      type: 'account.updated',
      version: 1,
      timestamp: app.clock.now().toISOString(),
      data: { userId, changed: ['fullName'] },
    });
  });

  it('hears of all of a kind with its permission, and of the kinds that were asked for', async () => {
    const { headers } = await quickSession(app, { permissions: ['users:manage'] });
    const program = await quickProgram(app, ['users:manage']);
    const [one, other] = await Promise.all([
      listen(app, headers),
      listen(app, program.headers, { types: ['account.created', 'session.ended'] }),
    ]);
    const data = { userId: randomUUIDv7() };
    const ids = await tell(app, { data }, { name: 'account.created', data });
    await hears(one, ids);
    await hears(other, ids.slice(1));
  });

  it('hears by an API key what its scopes let it read, and not of its owner for free', async () => {
    const program = await quickProgram(app, ['audit:read']);
    const listening = await listen(app, program.headers);
    await tell(app, { data: { userId: program.serviceAccountId } });
    const { userId, headers } = await quickSession(app);
    const own = await listen(app, headers);
    await hears(own, await tell(app, { data: { userId } }));
    expect(listening.heard).toEqual([]);
  });
});

describe('who comes back', () => {
  it('hears first what was missed, and then what comes, each once', async () => {
    const { userId, headers } = await quickSession(app);
    const told = Array.from({ length: 1_200 }, () => ({ data: { userId } }));
    const somebody = await quickSession(app);
    const tail = await listen(app, somebody.headers);
    const [seen, ...missed] = await tell(app, ...told);
    // Else they would all come at once, as news: more than the buffer of this test holds.
    await hears(tail, await tell(app, { data: { userId: somebody.userId } }));
    const listening = await listen(app, headers, { lastEventId: seen });
    const ids = await tell(app, ...Array.from({ length: 3 }, () => ({ data: { userId } })));
    await hears(listening, [...missed, ...ids]);
    await hears(listening, [...missed, ...ids, ...(await tell(app, { data: { userId } }))]);
  });

  it('hears of everything after the events could not be read, which the log tells', async () => {
    const { userId, headers } = await quickSession(app);
    const listening = await listen(app, headers);
    const [before = ''] = await tell(app, { data: { userId } });
    await hears(listening, [before]);
    await app.db.raw('alter table events rename to elsewhere');
    const line = expect.objectContaining({ level: 'warn', msg: 'events could not be read' });
    await eventually(() => expect(app.logs).toContainEqual(line));
    await app.db.raw('alter table elsewhere rename to events');
    const [after = ''] = await tell(app, { data: { userId } });
    await hears(listening, [before, after]);
  });

  it('is told where that is no longer known, and where it is no id', async () => {
    const { headers } = await quickSession(app);
    const { events } = app.client(sending(headers));
    const [gone] = await tell(app, { data: { userId: randomUUIDv7() } });
    await app.db('events').where({ id: gone }).delete();
    expect(await events.follow({ lastEventId: gone })).toMatchObject({
      status: 410,
      problem: { code: 'events_gone' },
    });
    expect(await events.follow({ lastEventId: 'yesterday' })).toMatchObject({
      status: 422,
      problem: { errors: [{ in: 'headers', path: 'last-event-id', code: 'wrong_format' }] },
    });
    expect(await events.follow({ types: 'account.updated,tea' })).toMatchObject({
      status: 422,
      problem: { errors: [{ in: 'query', path: 'types', code: 'not_listed' }] },
    });
  });
});

describe('a stream', () => {
  it('has its head alone for HEAD, and takes nobody’s place', async () => {
    const { userId, headers } = await quickSession(app);
    for (let turn = 0; turn < 4; turn += 1) {
      const answer = await app.request('/api/v1/events', { method: 'HEAD', headers });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
    await hears(await listen(app, headers), await tell(app, { data: { userId } }).then(() => []));
  });

  it('is one of a few of each caller; one that ends makes room', async () => {
    const { headers } = await quickSession(app);
    const open = await Promise.all([1, 2, 3].map(() => listen(app, headers)));
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    const refused = await app.request('/api/v1/events', { headers });
    expect(await refused.json()).toMatchObject({ code: 'too_many_streams', status: 429 });
    expect(refused.headers.get('retry-after')).toBe('10');
    const { headers: others } = await quickSession(app);
    expect(await listen(app, others)).toMatchObject({ status: 200 });
    open[0]?.leave();
    await eventually(async () => expect((await listen(app, headers)).status).toBe(200));
  });

  it('ends with the session', async () => {
    const member = await aMember(app);
    const { client } = member;
    const headers = { Authorization: `Bearer ${member.tokens().accessToken}` };
    const [own, other] = [await listen(app, headers), await quickSession(app)];
    const stays = await listen(app, other.headers);
    await unwrap(client.auth.logout());
    await eventually(() => expect(own.hasEnded).toBe(true));
    await hears(stays, await tell(app, { data: { userId: other.userId } }));
    expect(await metric('ended_total{reason="revoked"}')).toMatch(/ [1-9]/);
  });

  it('shows less from the moment on that a role grants less', async () => {
    const { client } = await anAdministrator(app);
    const role = await insertRole(app, ['users:manage']);
    const { userId, headers } = await quickSession(app, { roles: [role] });
    const roleId = await roleIdOf(app, role);
    const listening = await listen(app, headers);
    const data = { userId: randomUUIDv7() };
    const seen = await tell(app, { data });
    await hears(listening, seen);
    await unwrap(client.roles.revoke({ roleId, permission: 'users:manage' }));
    await tell(app, { data });
    const [own = ''] = await tell(app, { data: { userId } });
    await eventually(() => expect(idsOf(listening)).toContain(own));
    // The change of the role is an event of nobody.
    expect(idsOf(listening)).toEqual([...seen, own]);
  });

  it('ends when the reader is too slow for what comes', async () => {
    const { userId, headers } = await quickSession(app);
    const caller = { authorization: headers.Authorization };
    const from = { origin: 'job', address: '127.0.0.1', caller } as const;
    const { body } = await app.perform('events.follow', from);
    const { live } = body as { live: AsyncIterable<Uint8Array> };
    const pieces: string[] = [];
    const stream = live[Symbol.asyncIterator]();
    // Greeted, and at the tail: from here on it must keep up.
    for (let turn = 0; turn < 2; turn += 1) {
      const taken = stream.next();
      if (turn === 1) await tell(app, { data: { userId } });
      pieces.push(String(Buffer.from((await taken).value as Uint8Array)));
    }
    expect(pieces[0]).toMatch(/^retry: \d{4}\n\n$/);
    await tell(app, ...Array.from({ length: 20 }, () => ({ data: { userId } })));
    await eventually(async () => expect(await metric('ended_total{reason="slow"}')).toMatch(/ 1$/));
    for (let next = await stream.next(); !next.done; next = await stream.next()) {
      pieces.push(String(Buffer.from(next.value)));
    }
    // Whole messages, up to where it was ended: whoever comes back goes on from there.
    const messages = pieces.join('').split('\n\n');
    expect(messages.at(-1)).toBe('');
    expect(messages.length).toBeLessThan(20);
  });

  it('tells whoever heard of nothing for an hour how far they have come, and not before', async () => {
    const { headers } = await quickSession(app, { kind: 'cookie' });
    const caller = { cookie: headers.Cookie };
    const { body } = await app.perform('events.follow', {
      ...{ origin: 'job', address: '127.0.0.1', caller },
    });
    const { live } = body as { live: EventStream };
    const told = async () => String(Buffer.from((await live.next()).value as Uint8Array));
    expect(await told()).toMatch(/^retry: /);
    const own = await quickSession(app);
    const other = await listen(app, own.headers);
    const first = told();
    const ids = await tell(app, { data: { userId: own.userId } });
    // The same reading is for both of them.
    await hears(other, ids);
    live.beat();
    expect(await first).toBe(': \n\n');
    app.clock.advance({ minutes: 61 });
    for (const said of [`id: ${ids[0]}\n\n`, ': \n\n']) {
      live.beat();
      expect(await told()).toBe(said);
    }
    live.end('left');
  });

  it('says how long it was open, and is no slow request', async () => {
    const { userId, headers } = await quickSession(app);
    const listening = await listen(app, headers);
    await hears(listening, await tell(app, { data: { userId } }));
    listening.leave();
    const line = await eventually(() => {
      const found = app.logs.findLast(
        ({ operation, actorId }) => operation === 'events.follow' && actorId === userId,
      );
      if (!found) throw new Error('no line yet');
      return found;
    });
    expect(line).toMatchObject({ level: 'info', status: 200, openMs: expect.any(Number) });
  });
});

it('nobody hears of anything after their sign-in has expired', async () => {
  const { userId, headers } = await quickSession(app);
  const listening = await listen(app, headers);
  const told = await tell(app, { data: { userId } });
  await hears(listening, told);
  app.clock.advance({ minutes: 6 });
  await tell(app, { data: { userId } });
  await eventually(() => expect(listening.hasEnded).toBe(true));
  expect(idsOf(listening)).toEqual(told);
});
