import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStream } from '../../client/events.ts';
import { type Connection, hooks } from '../../client/index.ts';
import { problemExample } from '../../contract/document/refusals.ts';
import { scripted } from './scripted.ts';
import { problem } from './stand-in.ts';

type Turn = (res: ServerResponse, req: IncomingMessage) => void;

// What the service does, one request after the other.
const turns: Turn[] = [];
const asked: IncomingMessage[] = [];
const server = createServer((req, res) => {
  asked.push(req);
  turns.shift()?.(res, req);
});
let connection: Connection;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  connection = { baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 1_000_000 };
});
beforeEach(() => {
  turns.length = 0;
  asked.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const event = (id: string) => `id: ${id}\nevent: session.ended\ndata: {"id":"${id}"}\n\n`;

/** Answers with these pieces, and ends; or stays open, or breaks. */
const tells =
  (text: string, end: 'ends' | 'stays' | 'breaks' = 'ends'): Turn =>
  (res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write(`retry: 1\n\n${text}`, () => {
      if (end === 'ends') res.end();
      if (end === 'breaks') res.destroy();
    });
  };

const refuses =
  (code: Parameters<typeof problemExample>[0], headers: Record<string, string> = {}): Turn =>
  (res) => {
    const problem = problemExample(code);
    res.writeHead(problem.status, { 'Content-Type': 'application/problem+json', ...headers });
    res.end(JSON.stringify(problem));
  };

const away: Turn = (res) => res.destroy();
const proxy: Turn = (res) =>
  res.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>502</h1>');

/** The ids of so many events; then the caller has enough. */
async function take(count: number, options: Parameters<typeof eventStream>[1] = {}) {
  const controller = new AbortController();
  const ids: string[] = [];
  for await (const { id } of eventStream(connection, { signal: controller.signal, ...options })) {
    ids.push(id);
    if (ids.length === count) controller.abort();
  }
  return ids;
}

const seenBefore = () => asked.map(({ headers }) => headers['last-event-id']);

describe('a stream of events', () => {
  it('asks for the kinds that are wanted, from where the caller was', async () => {
    turns.push(tells(event('b'), 'stays'));
    const ids = await take(1, { types: ['session.ended', 'account.updated'], lastEventId: 'a' });
    expect(ids).toEqual(['b']);
    expect(asked[0]?.url).toBe('/api/v1/events?types=session.ended%2Caccount.updated');
    expect(seenBefore()).toEqual(['a']);
  });

  it.each([
    ['ended', 'ends'],
    ['was torn', 'breaks'],
  ] as const)('goes on behind the last event when it %s', async (_how, end) => {
    turns.push(tells(event('a') + event('b'), end), tells(event('c'), 'stays'));
    expect(await take(3)).toEqual(['a', 'b', 'c']);
    expect(seenBefore()).toEqual([undefined, 'b']);
  });

  it('goes on behind what was said without an event', async () => {
    turns.push(tells(`${event('a')}id: mark\n\n`), tells(event('b'), 'stays'));
    expect(await take(2)).toEqual(['a', 'b']);
    expect(seenBefore()).toEqual([undefined, 'mark']);
  });

  it('does not take half an event for one', async () => {
    turns.push(tells(`${event('a')}id: b\ndata: {"id"`, 'breaks'), tells(event('b'), 'stays'));
    expect(await take(2)).toEqual(['a', 'b']);
    expect(seenBefore()).toEqual([undefined, 'a']);
  });

  it('tries again while the service is away, busy or stopping, and waits as it is told', async () => {
    const busy = refuses('too_many_streams', { 'Retry-After': '0' });
    const stopping = refuses('service_unavailable', { 'Retry-After': '0' });
    turns.push(tells(event('a')), away, proxy, busy, stopping, tells(event('b'), 'stays'));
    expect(await take(2)).toEqual(['a', 'b']);
    expect(seenBefore()).toEqual([undefined, 'a', 'a', 'a', 'a', 'a']);
  });

  it.each([
    'unauthenticated',
    'second_factor_required',
    'events_gone',
    'validation_failed',
  ] as const)('throws what another try would not change: %s', async (code) => {
    turns.push(refuses(code));
    await expect(take(1)).rejects.toMatchObject({ name: 'ProblemError', code });
    expect(asked).toHaveLength(1);
  });

  it('throws what is a mistake of the program, though a broken connection has an error of that type', async () => {
    const onRequest = () => {
      throw new TypeError('x is not a function');
    };
    const { connection: own, sent } = scripted();
    const stream = eventStream({ ...own, hooks: hooks({ onRequest }) });
    await expect(stream.next()).rejects.toThrow('x is not a function');
    expect(sent).toEqual([]);
  });

  it('throws the reason for which its connection ends', async () => {
    const controller = new AbortController();
    turns.push(tells(event('a'), 'stays'));
    const stream = eventStream({ ...connection, signal: controller.signal });
    await stream.next();
    controller.abort(new Error('over'));
    await expect(stream.next()).rejects.toThrow('over');
  });

  it('throws what it cannot read', async () => {
    turns.push(tells('data: {\n\n'));
    await expect(take(1)).rejects.toThrow(SyntaxError);
  });

  it('ends when the caller aborts, before, while and between', async () => {
    expect(await take(1, { signal: AbortSignal.abort() })).toEqual([]);
    expect(asked).toEqual([]);
    for (const turn of [
      tells('', 'stays'),
      refuses('service_unavailable', { 'Retry-After': '1000' }),
    ]) {
      const controller = new AbortController();
      turns.push((res, req) => {
        turn(res, req);
        setTimeout(() => controller.abort(), 50);
      });
      expect(await take(1, { signal: controller.signal })).toEqual([]);
    }
    expect(asked).toHaveLength(2);
  });

  describe('told to wait', () => {
    beforeEach(() => {
      vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') });
      vi.spyOn(Math, 'random').mockReturnValue(0);
    });
    afterEach(() => {
      vi.restoreAllMocks();
      vi.useRealTimers();
    });

    const gone = { status: 401, type: 'text/plain', body: 'gone' };
    const page = { status: 502, type: 'text/html', body: '<h1>502</h1>' };

    it.each([
      ['until a date', problem(503, 'service_unavailable'), 'Sat, 21 Nov 2026 12:01:00 GMT'],
      ['by a proxy', page, '60'],
    ])('waits: %s', async (_, reply, after) => {
      const { connection: own, sent } = scripted(
        { ...reply, headers: { 'retry-after': after } },
        gone,
      );
      const ended = expect(eventStream(own).next()).rejects.toThrow('401');
      await vi.advanceTimersByTimeAsync(59_999);
      expect(sent).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      await ended;
      expect(sent).toHaveLength(2);
    });

    it('ends with its connection, between two requests as well', async () => {
      const { connection: own, sent } = scripted(page, gone);
      const controller = new AbortController();
      const told: unknown[] = [];
      const next = eventStream({ ...own, signal: controller.signal }).next();
      next.catch((error: unknown) => told.push(error));
      await vi.advanceTimersByTimeAsync(100);
      const reason = new Error('over');
      controller.abort(reason);
      await vi.advanceTimersByTimeAsync(0);
      expect(told).toEqual([reason]);
      expect(sent).toHaveLength(1);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  it('leaves the service when the caller leaves the loop', async () => {
    const left = Promise.withResolvers<void>();
    turns.push((res, req) => {
      res.on('close', () => left.resolve());
      tells(event('a'), 'stays')(res, req);
    });
    for await (const _ of eventStream(connection)) break;
    await left.promise;
  });
});
