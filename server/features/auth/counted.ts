import type {
  SignInEnd,
  SignInMethod,
  SignInMetrics,
} from '../../platform/observability/sign-in-metrics.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Pending } from './complete-sign-in.ts';
import type { SignedIn } from './sign-in.ts';

/** The cause of a refusal that came before anything was looked at. The caller is not told. */
export const heldBack = Symbol('held back');

/** Counts a step of a sign-in by what it ends in. */
export async function counted<Outcome extends SignedIn | Pending>(
  metrics: SignInMetrics,
  method: SignInMethod,
  step: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    const outcome = await step();
    metrics.countEnd(method, 'secondFactor' in outcome ? 'second_factor_needed' : 'signed_in');
    return outcome;
  } catch (error) {
    metrics.countEnd(method, endOf(error));
    throw error;
  }
}

function endOf(error: unknown): SignInEnd {
  if (!(error instanceof ProblemError)) return 'failed';
  if (error.cause === heldBack) return 'held_back';
  switch (error.code) {
    case 'rate_limited':
      return 'held_back';
    case 'account_disabled':
    case 'email_unverified':
      return 'not_admitted';
    case 'service_unavailable':
      return 'failed';
    default:
      return 'refused';
  }
}
