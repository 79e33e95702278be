import { RequestValidationError } from '@ts-rest/express';
import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';
import { type Problem, problems } from '../../../contract/kit/problems.ts';
import type { ConstraintProblems } from '../db/database-problems.ts';
import { problemOfDatabaseError } from '../db/database-problems.ts';
import type { Log } from '../observability/log.ts';
import { getRequestContext, type RequestContext } from '../observability/request-context.ts';
import { ProblemError, problem } from '../problem-error.ts';
import { invalidInputOf } from './parse.ts';

export interface ProblemOptions {
  readonly publicUrl: string;
  readonly constraints: ConstraintProblems;
  readonly log: Log;
  /** Told of every refusal of an operation before it is answered, for the audit. */
  readonly onRefused: (request: RequestContext, refusal: ProblemError) => Promise<void>;
}

/** The last handler: whatever was thrown leaves as a problem, and never says more than it may. */
export function answerProblems(options: ProblemOptions): ErrorRequestHandler {
  return async (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const { operation } = getRequestContext();
    const found = problemOf(error, options.constraints);
    const isDeclared = !operation || !found || operation.problems.has(found.code);
    const refusal = found && isDeclared ? found : problem('internal_error');
    if (problems[refusal.code].status >= 500 && !isDecision(refusal)) {
      const undeclared = isDeclared ? {} : { undeclaredProblem: found?.code };
      options.log.error({ err: error, ...undeclared }, 'request failed');
    }
    await tell(options, refusal);
    send(res, refusal, options.publicUrl);
  };
}

/** We said no ourselves, as while stopping: nothing failed, and the access line tells it. */
function isDecision({ code, cause }: ProblemError): boolean {
  return code === 'service_unavailable' && cause === undefined;
}

/** An audit that cannot be written must not turn a refusal into something else. */
async function tell({ onRefused, log }: ProblemOptions, refusal: ProblemError): Promise<void> {
  const context = getRequestContext();
  if (!context.operation) return;
  await onRefused(context, refusal).catch((err: unknown) => {
    log.error({ err }, 'a refusal could not be audited');
  });
}

function problemOf(error: unknown, constraints: ConstraintProblems): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof RequestValidationError) return invalidInputOf(error);
  return problemOfParser(error) ?? problemOfDatabaseError(error, constraints);
}

/** Express and its body parser mark the caller's mistakes with a status; ours carry none. */
function problemOfParser(error: unknown): ProblemError | undefined {
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (status === 413) return problem('body_too_large');
  if (status === 415) return problem('unsupported_media_type');
  const isCallers = error instanceof URIError || typeof type === 'string';
  return isCallers && status === 400 ? problem('malformed_request') : undefined;
}

function send(res: Response, refusal: ProblemError, publicUrl: string): void {
  const { status, title } = problems[refusal.code];
  const body: Problem = {
    type: `${publicUrl}/docs/problems/${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId: getRequestContext().id,
    ...(refusal.errors && { errors: [...refusal.errors] }),
  };
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  if (refusal.retryAfterSeconds !== undefined) {
    res.setHeader('Retry-After', refusal.retryAfterSeconds);
  }
  res.setHeader('Cache-Control', 'no-store');
  res.status(status).type('application/problem+json').send(JSON.stringify(body));
}
