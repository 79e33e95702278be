import type { Presented } from '../platform/auth/guard.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import { inStep } from '../platform/observability/spans.ts';
import type { Preconditions } from './entity-tags.ts';
import type { CountedCall } from './limits.ts';
import type { Plan } from './plans.ts';
import type { HandlerReply, Input } from './reply.ts';

/** One call, as its way in brings it. */
export interface Call extends CallContext, CountedCall {
  /** The credentials that came with it. */
  readonly presented: Presented;
  /** On which state of what it is about the call depends. */
  readonly preconditions: Preconditions;
}

/**
 * The walk of one call, whichever way it came in:
 * admit (401, 403) → limit (429) → is it gone (410) → parse (400, 413, 415, 422) → conditions (400, 428) → perform →
 * check (500) → tag (304, 412). Where a call may come twice, `once` stands around perform and check
 * (409, 422).
 * Every step may throw, and the way in answers (`refusal.ts`). Who is not signed in learns nothing
 * about validation, and does not make us parse: `parse` reads the input only when it is called.
 */
export async function perform(
  { operation, admission, limit, deprecated, conditional, read, live, once, handle, check }: Plan,
  call: Call,
  parse: () => Input | Promise<Input>,
): Promise<HandlerReply> {
  call.operation = operation;
  call.actor = await inStep(call, 'admit', () => admission.authenticate(call.presented));
  admission.authorize(call.actor);
  await limit?.(call);
  deprecated?.admit(call);
  const input = await parse();
  const conditions = conditional?.(call.preconditions);
  const { actor } = call;
  const given = {
    ...input,
    actor,
    call,
    expects: conditions?.expects,
    read: read?.(actor),
    live: live?.(call.presented),
  };
  const answer = async () => check(await inStep(call, 'handle', () => handle(given)));
  const reply = await (once ? once(call, input, answer) : answer());
  return conditions ? conditions.answer(reply) : reply;
}
