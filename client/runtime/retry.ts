import type { AnyAnswer } from './answer.ts';
import type { Layer } from './connection.ts';
import { AnswerError, NetworkError } from './errors.ts';
import { pause } from './pause.ts';
import type { HeadersShape } from './platform.ts';

export interface RetryOptions {
  /** How often it is sent at most, the first time included. 3, when left out. */
  readonly attempts?: number | undefined;
  /** The pause before the second time, doubled each time and spread by chance. 250, when left out. */
  readonly backoffMs?: number | undefined;
  /** No pause grows longer; whoever is told to wait longer gets the refusal instead. 30,000, when left out. */
  readonly longestWaitMs?: number | undefined;
}

/** They change nothing, or the second time changes nothing more (RFC 9110, 9.2.2). */
const repeatable = ['GET', 'PUT', 'DELETE'];

/** Whoever answers so has not done it, or did not live to tell; nor did whoever answers nothing. */
const passing = [undefined, 429, 502, 503, 504];

/**
 * Sends again what may be sent twice, where no answer came or it says that another time may be
 * better: reads, `PUT` and `DELETE`, and what has an `Idempotency-Key`. Nothing else, whatever happens.
 * It waits as long as `Retry-After` says, and never longer than the call may take.
 */
export function retry({
  attempts = 3,
  backoffMs = 250,
  longestWaitMs = 30_000,
}: RetryOptions = {}): Layer {
  return ({ connection, operation, options, signal, isKeyed, send }) => {
    if (!isKeyed && !repeatable.includes(operation.method)) return send;
    const timeoutMs = options.timeoutMs ?? connection.timeoutMs ?? Infinity;
    return async (proof) => {
      for (let left = attempts - 1, stepMs = backoffMs; ; left -= 1, stepMs *= 2) {
        const outcome: Outcome = await send(proof).catch(known);
        // Half of it for certain, so that nothing is sent again at once, and half by chance.
        const spreadMs = (Math.min(stepMs, longestWaitMs) * (1 + Math.random())) / 2;
        const toldMs = askedMs(outcome);
        const waitMs = toldMs + spreadMs;
        if (left <= 0 || !isPassing(outcome) || toldMs > longestWaitMs || waitMs > timeoutMs) {
          if (outcome instanceof Error) throw outcome;
          return outcome as AnyAnswer;
        }
        await pause(waitMs, signal);
      }
    };
  };
}

/** An answer, or the error instead of one. */
type Outcome = Partial<Pick<AnyAnswer & Error, 'status' | 'headers' | 'problem' | 'name'>>;

function known(error: unknown): Outcome {
  if (error instanceof AnswerError || error instanceof NetworkError) return error;
  throw error;
}

/** An answer that the contract declares, as an unhealthy report, is an answer and no refusal. */
function isPassing(outcome: Outcome): boolean {
  const { problem, status } = outcome;
  const isRefusal = problem || outcome instanceof Error;
  const isInUse = (problem?.code as string) === 'idempotency_key_in_use';
  return isInUse || (isRefusal && passing.includes(status));
}

/** How long `Retry-After` says to wait, in seconds or until a date. */
export function askedMs({ headers }: { headers?: HeadersShape | undefined }): number {
  const text = headers?.get('retry-after') ?? '';
  return Math.max(0, Number(text) * 1000 || Date.parse(text) - Date.now() || 0);
}
