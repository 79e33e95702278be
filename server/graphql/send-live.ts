import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExecutionResult } from 'graphql';

/** What a subscription answers, one after the other. */
export type LiveResults = AsyncIterableIterator<ExecutionResult>;

/** Who takes nothing for so long, though there is something to take, is gone. */
const stalledMs = 60_000;

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
  // Kept alive behind a stream, it would be what a process that stops waits for.
  Connection: 'close',
};

export interface LiveSending {
  readonly results: LiveResults;
  /** How often a caller is told that somebody is there. */
  readonly heartbeatMs: number;
  /** The answer has begun. */
  readonly opened: (() => void) | undefined;
}

/**
 * GraphQL over Server-Sent Events, "distinct connections mode" of its protocol: a message `next` for each
 * result, `complete` at the end. Results are taken when there is room for them, and not before.
 */
export async function sendLive(
  res: ServerResponse,
  { results, heartbeatMs, opened }: LiveSending,
): Promise<void> {
  // They left while it was made ready.
  const source = messagesOf(results);
  // They left while it was made ready: nobody would ever read it, or close it.
  if (res.destroyed) return void source.destroy();
  let hasLeft = false;
  res.once('close', () => {
    hasLeft = !source.closed;
  });
  res.writeHead(200, headers);
  opened?.();
  // Some browsers take no notice of a head alone, and nothing may happen for a while.
  res.write(heartbeat);
  res.setTimeout(stalledMs, () => res.destroy());
  const beats = setInterval(() => {
    if (!res.writableNeedDrain && !res.writableEnded) res.write(heartbeat);
  }, heartbeatMs);
  beats.unref();
  try {
    await pipeline(source, res);
  } catch (error) {
    if (!hasLeft) throw error;
  } finally {
    clearInterval(beats);
  }
}

const heartbeat = ':\n\n';

/** Its end is the end of the results, at once: a generator would wait for the next one first. */
function messagesOf(results: LiveResults): Readable {
  return new Readable({
    highWaterMark: 0,
    read() {
      results.next().then(
        ({ done, value }) => {
          this.push(
            done ? 'event: complete\ndata:\n\n' : `event: next\ndata: ${JSON.stringify(value)}\n\n`,
          );
          if (done) this.push(null);
        },
        (error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      Promise.resolve(results.return?.()).then(() => done(error), done);
    },
  });
}
