import type { NewEvent } from '../../contract/events.ts';
import type { Audit, AuditEvent } from './audit/audit.ts';
import type { Actor } from './auth/actor.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/connect.ts';
import { inTransaction, type UnitOfWork } from './db/transaction.ts';
import type { Events } from './events/events.ts';
import type { Job } from './jobs/job.ts';
import type { EnqueueOptions, Queue } from './jobs/queue.ts';
import { findCall } from './observability/call-context.ts';
import type { Revocation, Revocations } from './revocations/revocations.ts';

/** One change: a transaction that knows its instant, its actor, and what belongs to it. */
export type Transaction = UnitOfWork & {
  /** Writes the entry of this change. `by` names another actor, where one is found out inside. */
  audit(event: AuditEvent, by?: Actor): Promise<void>;
  /** Voids what processes remember of a subject: all of them hear of it once this commits. */
  revoke(revocation: Revocation): Promise<void>;
  /** Leaves work for later: it is done once this commits, and never if it does not. */
  enqueue<Data>(declared: Job<Data>, data: Data, options?: EnqueueOptions): Promise<void>;
  /** Tells what happened to whoever asked to hear of it. (knex's transaction owns `emit`.) */
  publish(...happened: readonly NewEvent[]): Promise<void>;
};

/**
 * The one unit of work. What it does, its audit entry and its revocations happen together or not at
 * all:
 *
 *     await change(actor, async (tx) => {
 *       await Note.query(tx).findById(id).change({ title }, tx.now);
 *       await tx.audit({ target: { type: 'note', id }, changed: ['title'] });
 *     });
 */
export type Change = <Result>(
  actor: Actor | undefined,
  work: (tx: Transaction) => Promise<Result>,
) => Promise<Result>;

export interface ChangeParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly revocations: Revocations;
  readonly jobs: Queue;
  readonly events: Events;
}

export function createChange(parts: ChangeParts): Change {
  const { db, clock, audit, revocations, jobs, events } = parts;
  return (actor, work) => {
    const change = (unit: UnitOfWork) =>
      work(
        Object.assign(unit, {
          audit: (event: AuditEvent, by = actor) => audit.record(unit, by, event),
          revoke: (revocation: Revocation) => revocations.record(unit, revocation),
          enqueue: <Data>(declared: Job<Data>, data: Data, options?: EnqueueOptions) =>
            jobs.enqueue(unit, declared, data, options),
          publish: (...happened: readonly NewEvent[]) => events.publish(unit, ...happened),
        }),
      );
    // Where the answer is part of the change, whoever knows it commits both (`operations/once.ts`).
    return findCall()?.change?.run(db, clock, change) ?? inTransaction(db, clock, change);
  };
}
