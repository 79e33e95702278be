import type { InputError, Problem } from '../generated/schemas.ts';
import type { AnswerHeaders, HeadersShape } from './platform.ts';

/** The service refused. Program against `code`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  declare readonly problem: Problem;
  declare readonly code: Problem['code'];
  declare readonly status: number;
  /** Quote it when you report the error: the server's log holds the details under it. */
  declare readonly requestId: string;
  /** The broken rules, for invalid input. */
  declare readonly errors: readonly InputError[];

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    const { code, status, requestId, errors = [] } = problem;
    Object.assign(this, { problem, code, status, requestId, errors });
  }
}

/** An answer without success and without a problem: a proxy's page, or an unhealthy report. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly headers: AnswerHeaders;
  /** What came: parsed where it is JSON, else the text. */
  declare readonly body: unknown;

  constructor(message: string, answer: { status: number; headers: AnswerHeaders; body?: unknown }) {
    super(message);
    const { status, headers, body } = answer;
    Object.assign(this, { status, headers, body, requestId: requestIdIn(headers) });
  }
}

/** No answer at all: no connection, or it broke. `cause` is what the platform said. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  /** Where an answer began and broke off. */
  declare readonly requestId: string | undefined;

  constructor(message: string, options: { cause?: unknown; headers?: HeadersShape | undefined }) {
    super(message, options);
    Object.assign(this, { requestId: requestIdIn(options.headers) });
  }
}

export function requestIdIn(headers: HeadersShape | undefined): string | undefined {
  return headers?.get('x-request-id') ?? undefined;
}
