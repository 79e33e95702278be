import { type EventsFollowAnswer, eventsFollow } from '../generated/events.ts';
import type { Connection } from './connection.ts';
import { AnswerError, NetworkError, ProblemError } from './errors.ts';
import { messagesIn } from './messages.ts';
import { pause } from './pause.ts';
import type { Signal } from './platform.ts';
import { signalOf } from './request.ts';
import { askedMs } from './retry.ts';

export interface Following {
  readonly types?: readonly string[] | undefined;
  readonly lastEventId?: string | undefined;
  readonly signal?: Signal | undefined;
}

/** Until the service says otherwise. */
const usualRetryMs = 2_000;
const longestWaitMs = 60_000;

/** The service sends something every 15 s, or as often as it is told: after this it is gone. */
const silenceMs = 90_000;

/**
 * Events as they happen, over as many connections as it takes: each goes on behind the last event that came.
 * @throws a `ProblemError` where another try would be refused as well.
 */
export async function* follow(
  connection: Connection,
  { types, lastEventId, signal }: Following,
): AsyncGenerator<unknown, void, undefined> {
  // A stream takes as long as it takes.
  const unlimited = { ...connection, timeoutMs: undefined };
  let last = lastEventId;
  let retryMs = usualRetryMs;
  for (let failures = 0; !signal?.aborted; failures += 1) {
    const watch = new Watch(signal);
    let waitMs = 0;
    try {
      const input = { types: types?.join(','), lastEventId: last };
      const answer = await eventsFollow(unlimited, input, { signal: watch.signal });
      if (!answer.ok) waitMs = waitOf(answer);
      else {
        failures = -1;
        const onRetry = (ms: number) => {
          retryMs = ms;
        };
        const onMark = (id: string) => {
          last = id;
        };
        const onNews = () => watch.renew();
        for await (const { id, data } of messagesIn(answer.body, { onRetry, onMark, onNews })) {
          last = id || last;
          yield JSON.parse(data);
        }
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (connection.signal?.aborted) throw connection.signal.reason;
      if (!isPassing(error) && !watch.signal.aborted) throw error;
      waitMs = askedMs(error as Partial<AnswerError>);
    } finally {
      watch.end();
    }
    const backoffMs = retryMs * 2 ** Math.min(Math.max(failures, 0), 6);
    // Others lost their connection at the same moment.
    const spread = 1 + Math.random() / 2;
    const pauseMs = Math.max(waitMs, Math.min(backoffMs, longestWaitMs)) * spread;
    await pause(pauseMs, signalOf(unlimited, { signal })).catch(() => {});
  }
}

/** How long a refusal says to wait. @throws it, where waiting does not help. */
function waitOf({ status, problem, headers }: EventsFollowAnswer & { ok: false }): number {
  if (status !== 429 && status < 500) throw new ProblemError(problem);
  return askedMs({ headers });
}

/** Whether it may be otherwise the next time: no connection, one that broke, a proxy without a service. */
function isPassing(error: unknown): boolean {
  if (error instanceof AnswerError) return error.status === 429 || error.status >= 500;
  return error instanceof NetworkError;
}

/** Ends a connection with the caller's signal, or when nothing has come for long. */
class Watch {
  readonly signal: Signal;
  readonly #own = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: Signal | undefined) {
    this.signal = signal
      ? AbortSignal.any([signal as AbortSignal, this.#own.signal])
      : this.#own.signal;
    this.renew();
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#own.abort();
  }
}
