import { DBError } from 'objection';
import type { ProblemCode } from '../../../contract/kit/problems.ts';
import { type ProblemError, problem } from '../problem-error.ts';
import { isOutdated } from './statements/failures.ts';

/** Which problem a broken constraint means; features name theirs, the app gathers them. */
export type ConstraintProblems = Readonly<Record<string, ProblemCode>>;

// What has nothing to do with the statement: the caller may try again. By class of SQLSTATE:
// 08 connection trouble, 53 out of connections, memory or disk, 57 shut down or cancelled,
// 58 the server's disk fails, 40 deadlock and serialization, 25006 read-only as after a failover,
// 25P03 and 25P04 a transaction took too long, 55006 and 55P03 somebody else holds it.
const passing = /^(08|53|57|58|40)|^(25006|25P03|25P04|55006|55P03)$/;
const passingSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// However else it fails: the one that we reach out for is the database.
const reachingOut = new Set(['connect', 'getaddrinfo']);
// Knex puts the statement in front of the driver's words.
const passingMessages =
  /(?:^| - )(Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|The server does not support SSL|There was an error establishing an SSL)/;

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
  /** FATAL ends the session: whatever the reason, it is not the statement. */
  severity?: string;
  /** The system call that failed, of an error of the network. */
  syscall?: string;
  constraint?: string;
  message?: string;
}

function isPassing(error: NativeError): boolean {
  return (
    error.name === 'KnexTimeoutError' ||
    error.name === 'DatabaseAway' ||
    (error.code !== undefined &&
      (passing.test(error.code) || passingSystemCodes.has(error.code))) ||
    error.severity === 'FATAL' ||
    reachingOut.has(error.syscall ?? '') ||
    // In a transaction it cannot be executed again: the caller has to.
    isOutdated(error) ||
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
