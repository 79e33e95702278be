import { type InputError, type ProblemCode, problems } from '../../contract/kit/problems.ts';

interface Concerned {
  readonly type: string;
  readonly id: string;
}

interface ProblemOptions {
  /** What happened this time, for the caller. Never a secret, never the caller's own value. */
  readonly detail?: string;
  readonly errors?: readonly InputError[];
  readonly retryAfterSeconds?: number;
  /** The account that it concerns, or whatever else, for the audit; the caller does not see it. */
  readonly about?: string | Concerned | undefined;
  /** For the log only. */
  readonly cause?: unknown;
}

/** Every 503 says when to come back. */
export const unavailableSeconds = 2;

const usualWaits: Partial<Record<ProblemCode, number>> = {
  service_unavailable: unavailableSeconds,
};

/** A refusal by its code. Services throw it; `operations/refusal.ts` turns it into the answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: readonly InputError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly about: Concerned | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? `${problems[code].title}.`, { cause: options.cause });
    this.code = code;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds ?? usualWaits[code];
    const { about } = options;
    this.about = typeof about === 'string' ? { type: 'user', id: about } : about;
  }
}

/** `throw problem('email_taken')` */
export function problem(code: ProblemCode, options?: ProblemOptions): ProblemError {
  return new ProblemError(code, options);
}

/** A rule that only the server can check, answered like a broken schema. */
export function invalidInput(error: InputError): ProblemError {
  return new ProblemError('validation_failed', { errors: [error] });
}
