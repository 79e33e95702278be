import { type OAuthError, oauthErrorOf, statusOf } from '../../contract/kit/facets/errors.ts';
import { type InputError, type Problem, problems } from '../../contract/kit/problems.ts';
import {
  type ConstraintProblems,
  problemOfDatabaseError,
} from '../platform/db/database-problems.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { Log } from '../platform/observability/log.ts';
import { ProblemError, problem } from '../platform/problem-error.ts';
import { problemOfStorageFailure } from '../platform/storage/storage-failure.ts';
import { schemasOf } from './invalid-input.ts';
import { knownFields } from './known-fields.ts';

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
  readonly body: Problem | OAuthError;
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
    return call.errors === 'oauth'
      ? oauthAnswerOf(call, refusal, options.publicUrl)
      : answerOf(refusal, call.id, options.publicUrl);
  };
}

function judge({ constraints, log }: RefusalOptions, call: CallContext, error: unknown) {
  const found = knownProblem(error, constraints);
  const isDeclared = !call.operation || !found || call.operation.problems.has(found.code);
  const refusal = found && isDeclared ? found : problem('internal_error');
  if (problems[refusal.code].status >= 500 && !isDecision(refusal)) {
    const operation = call.operation?.name;
    const undeclared = isDeclared ? {} : { operation, undeclaredProblem: found?.code };
    log.error({ err: error, ...undeclared }, 'request failed');
  }
  return refusal;
}

function knownProblem(error: unknown, constraints: ConstraintProblems): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  return problemOfStorageFailure(error) ?? problemOfDatabaseError(error, constraints);
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

function answerOf(refusal: ProblemError, requestId: string, publicUrl: string): Refused {
  const { retryAfterSeconds } = refusal;
  const body = problemOf(refusal, requestId, publicUrl);
  return { status: body.status, body, retryAfterSeconds };
}

/** RFC 9457. */
export function problemOf(
  { code, message, errors }: ProblemError,
  requestId: string,
  publicUrl: string,
): Problem {
  const { status, title } = problems[code];
  const type = `${publicUrl}/docs/problems/${code}`;
  const found = errors && { errors: [...errors] };
  return { type, title, status, detail: message, code, requestId, ...found };
}

/** RFC 6749, 5.2. What is wrong with an input is told in the one sentence that there is. */
function oauthAnswerOf(call: CallContext, refusal: ProblemError, publicUrl: string): Refused {
  const { code, message, errors = [], retryAfterSeconds } = refusal;
  const [found] = errors;
  const description = found ? sentenceOf(call, found) : message;
  const body = oauthErrorOf(code, description, publicUrl);
  return { status: statusOf(code, 'oauth'), body, retryAfterSeconds };
}

/** Names of ours stand in it, and none of the caller's. */
function sentenceOf({ operation }: CallContext, { path, message }: InputError): string {
  const known = operation ? knownFields(schemasOf(operation.route).body, []) : [];
  return known.includes(path) ? `${path}: ${message}` : message;
}
