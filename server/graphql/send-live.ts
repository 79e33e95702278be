import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { callbackify } from 'node:util';
import type { ExecutionResult } from 'graphql';

/** What a subscription answers, one after the other. */
export type LiveResults = AsyncIterableIterator<ExecutionResult>;

/** Who takes nothing for so long, though there is something to take, is gone. */
const stalledMs = 60_000;

const content = [
  ...['Content-Type', 'text/event-stream'],
  ...['X-Accel-Buffering', 'no'],
  // Kept alive behind a stream, it would be what a process that stops waits for.
  ...['Connection', 'close'],
];

export interface LiveSending {
  readonly results: LiveResults;
  /** How often a caller is told that somebody is there. */
  readonly heartbeatMs: number;
  /** Writes the head, with these headers: the answer has begun. */
  readonly begin: (content: readonly string[]) => void;
  readonly isHeadOnly?: boolean;
}

/**
 * GraphQL over Server-Sent Events, "distinct connections mode" of its protocol: a message `next` for each
 * result, `complete` at the end. Results are taken when there is room for them, and not before.
 */
export async function sendLive(
  res: ServerResponse,
  { results, heartbeatMs, begin, isHeadOnly = false }: LiveSending,
): Promise<void> {
  const source = messagesOf(results);
  // They left while it was made ready: nobody would ever read it, or close it.
  if (res.destroyed) return void source.destroy();
  let hasLeft = false;
  res.once('close', () => {
    hasLeft = !source.closed;
  });
  try {
    begin(content);
  } catch (error) {
    source.destroy();
    throw error;
  }
  if (isHeadOnly) {
    source.destroy();
    return void res.end();
  }
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
  const leave = callbackify(async () => void (await results.return?.()));
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
      leave((failed) => done(error ?? failed));
    },
  });
}
