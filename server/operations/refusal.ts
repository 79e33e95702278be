import { type Problem, problems } from '../../contract/kit/problems.ts';
import {
  type ConstraintProblems,
  problemOfDatabaseError,
} from '../platform/db/database-problems.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { Log } from '../platform/observability/log.ts';
import { ProblemError, problem } from '../platform/problem-error.ts';

export interface RefusalOptions {
  readonly constraints: ConstraintProblems;
  readonly log: Log;
  /** Told of every refusal of an operation before it is answered, for the audit. */
  readonly onRefused: (call: CallContext, refusal: ProblemError) => Promise<void>;
}

/**
 * Whatever was thrown on the way becomes a problem that the operation declares, and never says
 * more than it may; what was our own mistake is logged, and what was denied is audited.
 */
export async function refusalOf(
  options: RefusalOptions,
  call: CallContext,
  thrown: unknown,
): Promise<ProblemError> {
  const { operation } = call;
  const error = thrown ?? new Error('Nothing was thrown');
  const found = problemOf(error, options.constraints);
  const isDeclared = !operation || !found || operation.problems.has(found.code);
  const refusal = found && isDeclared ? found : problem('internal_error');
  if (problems[refusal.code].status >= 500 && !isDecision(refusal)) {
    const undeclared = isDeclared ? {} : { undeclaredProblem: found?.code };
    options.log.error({ err: error, ...undeclared }, 'request failed');
  }
  if (operation) await audit(options, call, refusal);
  return refusal;
}

function problemOf(error: unknown, constraints: ConstraintProblems): ProblemError | undefined {
  return error instanceof ProblemError ? error : problemOfDatabaseError(error, constraints);
}

/** A refusal that we chose, as while stopping: nothing failed, and the access line tells it. */
function isDecision({ code, cause }: ProblemError): boolean {
  return code === 'service_unavailable' && cause === undefined;
}

/** An audit that cannot be written must not turn a refusal into something else. */
async function audit(
  { onRefused, log }: RefusalOptions,
  call: CallContext,
  refusal: ProblemError,
): Promise<void> {
  await onRefused(call, refusal).catch((err: unknown) => {
    log.error({ err }, 'a refusal could not be audited');
  });
}

/** The body of a refusal, after RFC 9457. */
export function problemDocument(
  { code, message, errors }: ProblemError,
  requestId: string,
  publicUrl: string,
): Problem {
  const { status, title } = problems[code];
  return {
    type: `${publicUrl}/docs/problems/${code}`,
    title,
    status,
    detail: message,
    code,
    requestId,
    ...(errors && { errors: [...errors] }),
  };
}
