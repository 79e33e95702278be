import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Live } from '../../contract/kit/facets/streams.ts';
import type { HandlerReply } from '../operations/reply.ts';
import type { Exchange } from './exchange.ts';

/** Who takes nothing for so long, though there is something to take, is gone. */
const stalledMs = 60_000;

/**
 * A connection has no other use while a stream is open on it, and ends with it: kept alive behind one, it
 * would be what a process that stops waits for, since its head is sent before anybody knows of the stop.
 */
const head = ['X-Accel-Buffering', 'no', 'Connection', 'close'];

/**
 * Sends what is told until its source ends or the caller leaves: both are good ends, and the request is
 * done with its head. Nothing is kept, saved or held back on the way.
 */
export async function sendLive(
  exchange: Exchange,
  reply: HandlerReply,
  { live }: Live,
  [contentType = '']: readonly string[],
): Promise<void> {
  const { res } = exchange;
  const source = Readable.from(live);
  // They left while it was made ready: nobody would ever read it, or close it.
  if (res.destroyed) {
    source.destroy();
    return;
  }
  try {
    exchange.sendHead(reply, {}, ['Content-Type', contentType, ...head]);
  } catch (error) {
    source.destroy();
    throw error;
  }
  exchange.opened();
  if (exchange.method === 'HEAD') {
    source.destroy();
    res.end();
    return;
  }
  // The caller waits for the head, and nothing may happen for a while.
  res.flushHeaders();
  res.setTimeout(stalledMs, () => res.destroy());
  let hasLeft = false;
  res.once('close', () => {
    hasLeft = !source.closed;
  });
  try {
    await pipeline(source, res);
  } catch (error) {
    if (!hasLeft) throw error;
  }
}
