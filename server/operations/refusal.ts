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
  /** Where the pages of the problem codes are. */
  readonly publicUrl: string;
  readonly log: Log;
  /** Called with every refusal of an operation before it is answered, for the audit. */
  readonly onRefused: (call: CallContext, refusal: ProblemError) => Promise<void>;
}

/** A call that was refused, ready to be answered. */
export interface Refused {
  readonly status: number;
  readonly body: Problem;
  readonly retryAfterSeconds: number | undefined;
}

/** Turns whatever was thrown during a call into its answer. */
export type Refusals = (call: CallContext, thrown: unknown) => Promise<Refused>;

/**
 * Whatever was thrown on the way becomes a problem that the operation declares, and never says
 * more than it may; what was our own mistake is logged, and what was denied is audited.
 */
export function createRefusals(options: RefusalOptions): Refusals {
  return async (call, thrown) => {
    const refusal = judge(options, call, thrown ?? new Error('Nothing was thrown'));
    if (call.operation) await audit(options, call, refusal);
    return answerOf(refusal, call.id, options.publicUrl);
  };
}

function judge({ constraints, log }: RefusalOptions, call: CallContext, error: unknown) {
  const found = problemOf(error, constraints);
  const isDeclared = !call.operation || !found || call.operation.problems.has(found.code);
  const refusal = found && isDeclared ? found : problem('internal_error');
  if (problems[refusal.code].status >= 500 && !isDecision(refusal)) {
    const operation = call.operation?.name;
    const undeclared = isDeclared ? {} : { operation, undeclaredProblem: found?.code };
    log.error({ err: error, ...undeclared }, 'request failed');
  }
  return refusal;
}

function problemOf(error: unknown, constraints: ConstraintProblems): ProblemError | undefined {
  return error instanceof ProblemError ? error : problemOfDatabaseError(error, constraints);
}

/** A refusal on purpose, as while stopping: nothing failed, and the access line shows it. */
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

/** RFC 9457. */
function answerOf(
  { code, message, errors, retryAfterSeconds }: ProblemError,
  requestId: string,
  publicUrl: string,
): Refused {
  const { status, title } = problems[code];
  const type = `${publicUrl}/docs/problems/${code}`;
  const found = errors && { errors: [...errors] };
  const body = { type, title, status, detail: message, code, requestId, ...found };
  return { status, body, retryAfterSeconds };
}
