import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Streamed } from '../../contract/kit/facets/streams.ts';
import type { HandlerReply } from '../operations/reply.ts';
import { attachment } from './content-disposition.ts';
import type { Exchange } from './exchange.ts';

interface Sent {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly vary: string | undefined;
}

/** A caller who takes nothing for so long holds a file and a connection for nobody. */
const stalledMs = 60_000;

/**
 * Sends what a source gives, as fast as the caller takes it: what is on the way is bounded by the
 * buffers of both. A caller who leaves ends the source. A source that fails tears the connection, so
 * that nobody takes half of it for all; then the failure is thrown, and logged as any other.
 */
export async function sendStream(
  exchange: Exchange,
  reply: HandlerReply,
  { fileName, content }: Streamed,
  { contentType, cacheControl, vary }: Sent,
): Promise<void> {
  const { res } = exchange;
  const source = content instanceof Readable ? content : Readable.from(content);
  const disposition = attachment(fileName);
  const head = ['Content-Type', contentType, 'Content-Disposition', disposition];
  // They left while it was made ready: nobody would ever read it, or close it.
  if (res.destroyed) {
    source.destroy();
    return;
  }
  try {
    exchange.sendHead(reply, { cacheControl, vary }, head);
  } catch (error) {
    source.destroy();
    throw error;
  }
  if (exchange.method === 'HEAD') {
    source.destroy();
    res.end();
    return;
  }
  res.setTimeout(stalledMs, () => res.destroy());
  let hasLeft = false;
  res.once('close', () => {
    hasLeft = !source.closed;
  });
  source.once('error', () => {
    exchange.isTorn = !res.closed;
  });
  try {
    await pipeline(source, res);
  } catch (error) {
    if (hasLeft) return;
    throw error;
  }
}
