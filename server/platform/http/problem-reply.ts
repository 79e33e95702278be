import { RequestValidationError } from '@ts-rest/express';
import { type Problem, problems } from '../../../contract/kit/problems.ts';
import type { ConstraintProblems } from '../db/database-problems.ts';
import { problemOfDatabaseError } from '../db/database-problems.ts';
import type { Log } from '../observability/log.ts';
import type { RequestContext } from '../observability/request-context.ts';
import { ProblemError, problem } from '../problem-error.ts';
import type { Exchange } from './exchange.ts';
import { invalidInputOf } from './invalid-input.ts';

export interface ProblemOptions {
  readonly publicUrl: string;
  readonly constraints: ConstraintProblems;
  readonly log: Log;
  /** Told of every refusal of an operation before it is answered, for the audit. */
  readonly onRefused: (request: RequestContext, refusal: ProblemError) => Promise<void>;
}

/**
 * Whatever was thrown on the way leaves as a problem, and never says more than it may. Never
 * rejects: what happens to one request must not end the process.
 */
export async function refuse(
  options: ProblemOptions,
  exchange: Exchange,
  error: unknown,
): Promise<void> {
  try {
    await answer(options, exchange, error ?? new Error('Nothing was thrown'));
  } catch (err) {
    options.log.error({ err }, 'a request could not be answered');
    exchange.res.destroy();
  }
}

async function answer(options: ProblemOptions, exchange: Exchange, error: unknown) {
  const { operation, res } = exchange;
  const found = problemOf(error, options.constraints);
  const isDeclared = !operation || !found || operation.problems.has(found.code);
  const refusal = found && isDeclared ? found : problem('internal_error');
  if (problems[refusal.code].status >= 500 && !isDecision(refusal)) {
    const undeclared = isDeclared
      ? {}
      : { operation: operation?.name, undeclaredProblem: found?.code };
    options.log.error({ err: error, ...undeclared }, 'request failed');
  }
  if (operation) await tell(options, exchange, refusal);
  // Half an answer cannot be taken back; a torn connection says that it is one.
  if (res.headersSent) res.destroy();
  else send(exchange, refusal, options.publicUrl);
}

/** We said no ourselves, as while stopping: nothing failed, and the access line tells it. */
function isDecision({ code, cause }: ProblemError): boolean {
  return code === 'service_unavailable' && cause === undefined;
}

/** An audit that cannot be written must not turn a refusal into something else. */
async function tell(
  { onRefused, log }: ProblemOptions,
  exchange: Exchange,
  refusal: ProblemError,
): Promise<void> {
  await onRefused(exchange, refusal).catch((err: unknown) => {
    log.error({ err }, 'a refusal could not be audited');
  });
}

function problemOf(error: unknown, constraints: ConstraintProblems): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof RequestValidationError) return invalidInputOf(error);
  return problemOfParser(error) ?? problemOfDatabaseError(error, constraints);
}

/** Express marks the caller's mistakes with a status; ours carry none. */
function problemOfParser(error: unknown): ProblemError | undefined {
  const { status, type } = error as { status?: unknown; type?: unknown };
  const isCallers = error instanceof URIError || typeof type === 'string';
  return isCallers && status === 400 ? problem('malformed_request') : undefined;
}

function send(exchange: Exchange, refusal: ProblemError, publicUrl: string): void {
  const { status, title } = problems[refusal.code];
  const body: Problem = {
    type: `${publicUrl}/docs/problems/${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId: exchange.id,
    ...(refusal.errors && { errors: [...refusal.errors] }),
  };
  if (status === 401) exchange.setHeader('WWW-Authenticate', 'Bearer');
  if (refusal.retryAfterSeconds !== undefined) {
    exchange.setHeader('Retry-After', String(refusal.retryAfterSeconds));
  }
  exchange.cacheControl = 'no-store';
  exchange.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  exchange.status(status).send(JSON.stringify(body));
}
