import { DBError } from 'objection';
import type { ProblemCode } from '../../../contract/kit/problems.ts';
import { type ProblemError, problem } from '../problem-error.ts';

/** Which problem a broken constraint means; features name theirs, the app gathers them. */
export type ConstraintProblems = Readonly<Record<string, ProblemCode>>;

// Connection trouble, shutdown, too many connections, cancelled by time-out, deadlock or
// serialization failure: the caller may try again.
const passing = /^(08|53|57|40)/;
const passingSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// Knex puts the statement in front of the driver's words.
const passingMessages =
  /(?:^| - )(Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** What a database error means to the caller; undefined when it is a mistake of ours. */
export function problemOfDatabaseError(
  error: unknown,
  constraints: ConstraintProblems,
): ProblemError | undefined {
  const native = (error instanceof DBError ? error.nativeError : error) as NativeError;
  const code = native.constraint === undefined ? undefined : constraints[native.constraint];
  if (code) return problem(code, { cause: error });
  return isPassing(native) ? unavailable(error) : undefined;
}

interface NativeError {
  name?: string;
  code?: string;
  constraint?: string;
  message?: string;
}

function isPassing(error: NativeError): boolean {
  return (
    error.name === 'KnexTimeoutError' ||
    (error.code !== undefined &&
      (passing.test(error.code) || passingSystemCodes.has(error.code))) ||
    passingMessages.test(error.message ?? '')
  );
}

function unavailable(cause: unknown): ProblemError {
  return problem('service_unavailable', {
    detail: 'The database does not answer at the moment.',
    retryAfterSeconds: 2,
    cause,
  });
}
