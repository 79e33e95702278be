import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import type { AuditEntry } from '../../../contract/audit.ts';
import { type Marks, unmarked } from '../../../contract/kit/facets/marks.ts';
import type { Operation } from '../../../contract/kit/operations.ts';
import type { Actor } from '../auth/actor.ts';
import type { HeldTransaction } from '../db/held-transaction.ts';
import type { StepTimes } from './step-times.ts';

/** The way in that a call took. */
export type CallOrigin = AuditEntry['origin'];

/**
 * What is known of the call in hand, whichever way it came in: log, audit and traces read it. The
 * way in makes it; who calls what is written in one place (`operations/perform.ts`).
 */
export interface CallContext {
  readonly origin: CallOrigin;
  /** The request id; every log line and audit entry of the call carries it. */
  readonly id: string;
  /** The caller's address as `TRUST_PROXY` allows it to be known; empty where there is none. */
  readonly address: string;
  readonly userAgent: string | null;
  /** That of the step in hand (`inStep`), else that of the call; undefined where it is not sampled. */
  span: Span | undefined;
  readonly traceId?: string | undefined;
  /** Where the caller is told how long the steps took. */
  readonly times?: StepTimes | undefined;
  operation?: Operation | undefined;
  /** The shape of a refusal, where it is no problem: known before the operation is reached. */
  errors?: Operation['errors'];
  /** What a command or a job is called, where no operation of the contract is performed. */
  readonly task?: string | undefined;
  /** What the task means to those who look back. */
  readonly marks?: Marks;
  actor?: Actor | undefined;
  /** Set where the change of the call is committed with its answer. */
  change?: HeldTransaction | undefined;
}

const storage = new AsyncLocalStorage<CallContext | undefined>();

export function runInCall<Result>(context: CallContext, work: () => Result): Result {
  return storage.run(context, work);
}

/**
 * Runs what outlives the call that happens to need it first, such as opening a connection of a pool:
 * its events would keep that call in memory for as long as the connection lives, and tell its id.
 */
export function outsideCalls<Result>(work: () => Result): Result {
  return storage.run(undefined, work);
}

/** Of the operation or the task. */
export function marksOfCall(call: CallContext | undefined): Marks {
  return call?.operation?.marks ?? call?.marks ?? unmarked;
}

/** The call in hand; undefined at start. */
export function findCall(): CallContext | undefined {
  return storage.getStore();
}
