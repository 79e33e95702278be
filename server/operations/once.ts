import type { Idempotency } from '../../contract/kit/facets/idempotency.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { problems } from '../../contract/kit/problems.ts';
import type { Presented } from '../platform/auth/guard.ts';
import { HeldTransaction } from '../platform/db/held-transaction.ts';
import {
  AnsweredMeanwhile,
  type Kept,
  type KeptAnswers,
  type KeyScope,
} from '../platform/idempotency/kept-answers.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { IdempotencyMetrics } from '../platform/observability/idempotency-metrics.ts';
import { ProblemError, problem } from '../platform/problem-error.ts';
import { fingerprintOf, readKey } from './idempotency-key.ts';
import type { HandlerReply, Input } from './reply.ts';

export interface OnceParts {
  readonly answers: KeptAnswers;
  readonly metrics: IdempotencyMetrics;
}

interface KeyedCall extends CallContext {
  readonly presented: Presented;
}

/** Answers a call, or answers it again. */
export type Once = (
  call: KeyedCall,
  input: Input,
  answer: () => Promise<HandlerReply>,
) => Promise<HandlerReply>;

/**
 * The step of operations that take an `Idempotency-Key`: what was done with it is not done again.
 *
 * The change of the call is held open until its answer is known and checked, and the answer is
 * committed with it: either both are there, or neither (decision 0061). What was refused has changed
 * nothing and is not kept: it may be tried anew.
 */
export function createOnce({ answers, metrics }: OnceParts) {
  return (operation: Operation, facet: Idempotency): Once => {
    const again = replay(facet, metrics);

    return async (call, input, answer) => {
      const key = readKey(call.presented, facet.isRequired);
      if (key === undefined || !call.actor) return answer();
      const { id: actor, act } = call.actor;
      const scope = { actor, by: act?.id, operation: operation.operationId, key };
      const fingerprint = fingerprintOf(input);
      const kept = await answers.find(scope);
      if (kept) return again(kept, fingerprint);

      const change = new HeldTransaction((tx) => answers.claim(tx, scope));
      call.change = change;
      try {
        const reply = await answer();
        await change.commit((tx) => answers.keep(tx, scope, keeping(facet, fingerprint, reply)));
        return reply;
      } catch (error) {
        await change.rollBack(error);
        const done = await doneMeanwhile(answers, scope, error);
        if (done) return again(done, fingerprint);
        if (isInUse(error)) metrics.count('in_use');
        throw error;
      } finally {
        call.change = undefined;
      }
    };
  };
}

function keeping({ keeps }: Idempotency, fingerprint: string, reply: HandlerReply): Kept {
  if (keeps === 'nothing') return { fingerprint };
  const { status, body, headers } = reply;
  return { fingerprint, answer: { status, body, headers } };
}

/** The kept answer, or why there is none to give. */
function replay({ keeps }: Idempotency, metrics: IdempotencyMetrics) {
  return ({ fingerprint, answer }: Kept, now: string): HandlerReply => {
    if (fingerprint !== now) {
      metrics.count('reused');
      throw problem('idempotency_key_reused');
    }
    if (keeps === 'nothing' || !answer) {
      metrics.count('already_done');
      throw problem('already_done');
    }
    metrics.count('replayed');
    return { ...answer, headers: { ...answer.headers, 'Idempotency-Replayed': 'true' } };
  };
}

/**
 * A rule may refuse because of what the first request has just done, such as taking the name: then
 * its answer is there by now.
 */
async function doneMeanwhile(
  answers: KeptAnswers,
  scope: KeyScope,
  error: unknown,
): Promise<Kept | undefined> {
  if (error instanceof AnsweredMeanwhile) return error.kept;
  const isRefusal = error instanceof ProblemError && problems[error.code].status < 500;
  return isRefusal ? answers.find(scope) : undefined;
}

function isInUse(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'idempotency_key_in_use';
}
