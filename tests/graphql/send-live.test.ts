import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type LiveResults, sendLive } from '../../server/graphql/send-live.ts';
import { eventually } from '../kit/eventually.ts';

/** Sends these results to a caller who reads nothing yet. */
async function sent(results: LiveResults, heartbeatMs = 60_000) {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1', agent: false });
  // Whoever leaves early is told of it.
  request.on('error', () => {});
  onTestFinished(() => void request.destroy());
  const [, res] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const begin = (content: readonly string[]) => void res.writeHead(200, [...content]);
  const isSent = sendLive(res, { results, heartbeatMs, begin });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { res, answer, isSent, request };
}

/** Results of which there is always one more, or never any. */
function source(next: () => ReturnType<LiveResults['next']>) {
  const state = { taken: 0, hasReturned: false };
  const results: LiveResults = {
    [Symbol.asyncIterator]: () => results,
    next: () => {
      state.taken += 1;
      return next();
    },
    return: async () => {
      state.hasReturned = true;
      return { done: true, value: undefined };
    },
  };
  return { results, state };
}

it('takes results when there is room for them, and not before', async () => {
  const value = { data: { text: 'x'.repeat(64 * 1024) } };
  const { results, state } = source(async () => ({ done: false, value }));
  const { res, answer } = await sent(results);
  await eventually(() => expect(res.writableNeedDrain).toBe(true));
  // What is on its way has arrived: nothing more is taken, however long it takes.
  let before = -1;
  await eventually(() => {
    const isStill = before === state.taken;
    before = state.taken;
    expect(isStill).toBe(true);
  });
  expect(res.writableLength).toBeLessThan(512 * 1024);
  answer.resume();
  await eventually(() => expect(state.taken).toBeGreaterThan(before + 100));
});

it('lets go of its source when the caller leaves, though it tells nothing', async () => {
  const { results, state } = source(() => new Promise(() => {}));
  const { answer, isSent } = await sent(results);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  answer.destroy();
  await isSent;
  expect(state.hasReturned).toBe(true);
});

it('says that it is there while nothing happens', async () => {
  const { results } = source(() => new Promise(() => {}));
  const { answer } = await sent(results, 1);
  let heard = '';
  answer.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  await eventually(() => expect(heard).toMatch(/^(:\n\n){3,}$/));
});
