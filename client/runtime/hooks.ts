import type { Problem } from '../generated/schemas.ts';
import type { AnyAnswer } from './answer.ts';
import type { HeadersGiven, Layer } from './connection.ts';
import { requestIdIn } from './errors.ts';
import { headersOf } from './request.ts';

/** A request, as hooks are told of it: one object from its beginning to its end. */
export interface RequestTold {
  readonly method: string;
  /** As the contract has it, with `{names}`: what to count by. */
  readonly path: string;
  readonly url: string;
}

export interface AnswerTold extends RequestTold {
  readonly durationMs: number;
  /** Quote it where you report something. */
  readonly requestId: string | undefined;
}

/** What a hook throws, the call throws. */
export interface Hooks {
  /**
   * Before a request leaves, each time that it does. The headers that it gives go along, as
   * `traceparent`, unless the call has one of that name.
   */
  onRequest?(request: RequestTold): HeadersGiven | undefined | Promise<HeadersGiven | undefined>;
  /** An answer came that the contract declares, or a problem. */
  onResponse?(answer: AnyAnswer, request: AnswerTold): unknown;
  /** The service refused, beside `onResponse`. */
  onProblem?(problem: Problem, request: AnswerTold): unknown;
  /** There is no answer, none that the contract knows, or the call was ended. */
  onError?(error: unknown, request: RequestTold): unknown;
  /** The operation will go away (RFC 9745, RFC 8594): since when it is deprecated, and when it ends. */
  onDeprecated?(deprecation: Deprecation, request: AnswerTold): unknown;
}

export interface Deprecation {
  readonly since: Date;
  readonly sunset: Date | undefined;
}

/** Hears of every request: also of those that are sent again, and of a refresh. */
export function hooks(on: Hooks): Layer {
  return ({ operation: { method, path }, url, send }) =>
    async (proof) => {
      const request: RequestTold = { method, path, url };
      const more = (await on.onRequest?.(request)) ?? {};
      const began = performance.now();
      let answer: AnyAnswer;
      try {
        answer = await send({ ...proof, more: headersOf(more) });
      } catch (error) {
        await on.onError?.(error, request);
        throw error;
      }
      const { headers, problem } = answer;
      const told: AnswerTold = Object.assign(request, {
        durationMs: performance.now() - began,
        requestId: requestIdIn(headers),
      });
      await on.onResponse?.(answer, told);
      if (problem) await on.onProblem?.(problem, told);
      const since = /^@(\d+)$/.exec(headers.get('deprecation') ?? '')?.[1];
      const until = headers.get('sunset');
      const sunset = until ? new Date(until) : undefined;
      if (since) await on.onDeprecated?.({ since: new Date(Number(since) * 1000), sunset }, told);
      return answer;
    };
}
