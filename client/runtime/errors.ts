import type { InputError, Problem } from '../generated/schemas.ts';
import type { AnswerHeaders } from './platform.ts';

/** The service refused. Program against `code`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly code: Problem['code'];
  readonly status: number;
  /** Quote it when you report the error: the server's log holds the details under it. */
  readonly requestId: string;
  /** The broken rules, for invalid input. */
  readonly errors: readonly InputError[];

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.code = problem.code;
    this.status = problem.status;
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
  }
}

/** An answer without success and without a problem: a proxy's page, or an unhealthy report. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly status: number;
  readonly requestId: string | undefined;
  readonly headers: AnswerHeaders;
  /** What came: parsed where it is JSON, else the text. */
  readonly body: unknown;

  constructor(message: string, answer: { status: number; headers: AnswerHeaders; body?: unknown }) {
    super(message);
    this.status = answer.status;
    this.requestId = answer.headers.get('x-request-id') ?? undefined;
    this.headers = answer.headers;
    this.body = answer.body;
  }
}

/** No answer at all: no connection, or it broke. `cause` is what the platform said. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}
