import type { AppRouter } from '../../contract/kit/api.ts';
import { type Operation, operationsOf } from '../../contract/kit/operations.ts';
import type { Admission, Guard, Presented } from '../platform/auth/guard.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { Read, Reads } from '../platform/reads.ts';
import { type ReplyCheck, replyCheck } from './check.ts';
import { type Conditions, conditionsOf, type Expects } from './conditions.ts';
import {
  assertSuccessors,
  type Deprecated,
  type DeprecationParts,
  deprecatedOf,
} from './deprecation.ts';
import type { Preconditions } from './entity-tags.ts';
import type { CallLimits, CountedCall } from './limits.ts';
import { type LiveCall, liveOf } from './live.ts';
import { createOnce, type Once, type OnceParts } from './once.ts';
import type { HandlerReply, Input } from './reply.ts';

export interface OperationParts {
  readonly contract: AppRouter;
  /** Contract key → feature's handlers, the same shape as the contract. */
  readonly handlers: Record<string, object>;
  readonly guard: Guard;
  readonly limits: CallLimits;
  /** Where nothing may be late, everything is read in one place. */
  readonly reads?: Reads;
  /** Where nothing is deprecated, nobody counts who calls it. */
  readonly deprecations?: DeprecationParts;
  /** Where nothing takes an `Idempotency-Key`, there is nothing to keep. */
  readonly once?: OnceParts;
}

/** All that is known of an operation before anybody calls it. Made once, at start. */
export interface Plan {
  readonly operation: Operation;
  readonly admission: Admission;
  /** Undefined for what is not limited. */
  readonly limit: ((call: CountedCall) => Promise<void>) | undefined;
  /** Undefined for what stays. */
  readonly deprecated: Deprecated | undefined;
  /** Undefined for what depends on no state. */
  readonly conditional: ((given: Preconditions) => Conditions) | undefined;
  /** Undefined for what is about now. */
  readonly read: Reads['by'] | undefined;
  /** Undefined for what has an end of its own. */
  readonly live: ((presented: Presented) => LiveCall) | undefined;
  /** Undefined for what takes no `Idempotency-Key`. */
  readonly once: Once | undefined;
  readonly handle: (call: Handled) => Promise<HandlerReply>;
  readonly check: ReplyCheck;
}

interface Handled extends Input {
  readonly actor: CallContext['actor'];
  readonly call: CallContext;
  readonly expects: Expects | undefined;
  readonly read: Read | undefined;
  readonly live: LiveCall | undefined;
}

/** Every operation of the contract by its name, such as `users.list`. */
export type Plans = ReadonlyMap<string, Plan>;

/** @throws at start, when an operation of the contract has no handler, or leads to none that there is. */
export function compilePlans(parts: OperationParts): Plans {
  const operations = operationsOf(parts.contract);
  assertSuccessors(operations);
  return new Map(operations.map((operation) => [operation.name, compile(operation, parts)]));
}

function compile(operation: Operation, parts: OperationParts): Plan {
  const { handlers, guard, limits } = parts;
  const { name, noun, verb, limit, conditional, isLive } = operation;
  const admission = guard(operation);
  const handle = (handlers[noun] as Record<string, Plan['handle']> | undefined)?.[verb];
  if (!handle) throw new Error(`${name} is in the contract but has no handler`);
  return {
    operation,
    admission,
    limit: limit && ((call) => limits.byGroup(limit, call)),
    deprecated: deprecationOf(operation, parts),
    conditional: conditional && conditionsOf(conditional),
    read: readOf(operation, parts),
    live: isLive ? liveOf(admission) : undefined,
    once: onceOf(operation, parts),
    handle,
    check: replyCheck(operation),
  };
}

function deprecationOf(operation: Operation, { deprecations }: OperationParts) {
  const { name, deprecation } = operation;
  if (!deprecation) return undefined;
  if (!deprecations) throw new Error(`${name} is deprecated, and nobody counts who calls it`);
  return deprecatedOf(operation, deprecation, deprecations);
}

function readOf({ name, staleness }: Operation, { reads }: OperationParts) {
  if (staleness !== 'bounded') return undefined;
  if (!reads) throw new Error(`${name} may be late, and nothing is read late`);
  return reads.by;
}

function onceOf(operation: Operation, { once }: OperationParts): Once | undefined {
  const { name, idempotency } = operation;
  if (!idempotency) return undefined;
  if (!once) throw new Error(`${name} takes an Idempotency-Key, and nothing keeps its answers`);
  return createOnce(once)(operation, idempotency);
}
