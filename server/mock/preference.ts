import { statusOf } from '../../contract/kit/facets/errors.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { ProblemCode } from '../../contract/kit/problems.ts';
import type { Presented } from '../platform/auth/guard.ts';
import { problem } from '../platform/problem-error.ts';

/** What a caller wants answered (RFC 7240, with the names that Prism gives them). */
export interface Preference {
  /** `code=409`: an answer of this status. */
  readonly status: number | undefined;
  /** `code=email_taken` or `example=email_taken`: this problem. */
  readonly code: string | undefined;
}

export function preferenceOf(presented: Presented): Preference {
  const { prefer = '' } = presented as { prefer?: string };
  const asked = /(?:^|[,;\s])(?:code|example)="?(\w+)"?/i.exec(prefer)?.[1];
  const isStatus = asked !== undefined && /^\d{3}$/.test(asked);
  return { status: isStatus ? Number(asked) : undefined, code: isStatus ? undefined : asked };
}

/**
 * What an operation cannot answer is not asked of it: then it answers as ever (RFC 7240, 2).
 * @throws the problem that was asked for, where the operation declares it.
 */
export function refuseIfAsked(operation: Operation, presented: Presented): void {
  const { status, code } = preferenceOf(presented);
  const { problems, errors, route } = operation;
  if (status !== undefined && status in route.responses) return;
  const asked = [...problems].find(
    (one) => one === code || (status !== undefined && statusOf(one, errors) === status),
  );
  if (asked) throw problem(asked, { ...more[asked] });
}

const more: Partial<Record<ProblemCode, object>> = {
  rate_limited: { retryAfterSeconds: 30 },
  too_many_streams: { retryAfterSeconds: 30 },
  idempotency_key_in_use: { retryAfterSeconds: 1 },
  validation_failed: {
    errors: [{ in: 'body', path: '', code: 'broken_rule', message: 'As `Prefer` asked for' }],
  },
};
