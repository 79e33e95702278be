import type { Problem } from '../generated/schemas.ts';
import { ProblemError } from './errors.ts';

/** A `ProblemError` of which is known which codes it may have. */
export type ProblemErrorOf<Code extends Problem['code']> = ProblemError & {
  readonly code: Code;
  readonly problem: Problem & { readonly code: Code };
};

/**
 * Whether the service refused, for one of these reasons where some are named:
 *
 *     if (isProblem(error, 'email_taken', 'username_taken')) show(error.code);
 */
export function isProblem<Code extends Problem['code'] = Problem['code']>(
  error: unknown,
  ...codes: Code[]
): error is ProblemErrorOf<Code> {
  if (!(error instanceof ProblemError)) return false;
  return codes.length === 0 || (codes as string[]).includes(error.code);
}
