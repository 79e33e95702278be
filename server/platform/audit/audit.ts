import { randomUUIDv7 } from 'node:crypto';
import type { ProblemKind } from '../../../contract/kit/problems/kind.ts';
import { type ProblemCode, problems } from '../../../contract/kit/problems.ts';
import { type Actor, actingFor, actorName } from '../auth/actor.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { inTransaction, type UnitOfWork } from '../db/transaction.ts';
import type { AuditMetrics } from '../observability/audit-metrics.ts';
import { type CallContext, findCall, marksOfCall } from '../observability/call-context.ts';
import type { ProblemError } from '../problem-error.ts';
import { type AuditResult, insertEntry, insertOrigin } from './entry.ts';

export interface AuditEvent {
  /** `type` is the word of the feature that owns it, in snake case: an open list. */
  readonly target?: { readonly type: string; readonly id: string } | undefined;
  /** The names of what was set; never a value. */
  readonly changed?: readonly string[];
  readonly result?: AuditResult;
  /** Why it was denied: a problem code or a rule. */
  readonly reason?: string;
}

/** Writes what was done and denied; the feature `audit` reads it. */
export class Audit {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #metrics: Pick<AuditMetrics, 'count'>;

  constructor(db: Database, clock: Clock, metrics: Pick<AuditMetrics, 'count'>) {
    this.#db = db;
    this.#clock = clock;
    this.#metrics = metrics;
  }

  /**
   * Writes one entry, in the transaction of what it records: both happen or neither. Operation and
   * origin are those of the call in hand.
   */
  async record(tx: UnitOfWork, actor: Actor | undefined, event: AuditEvent = {}): Promise<void> {
    const { target, changed = [], result = 'done', reason = null } = event;
    const call = findCall();
    const id = randomUUIDv7();
    // Without a call the process itself acts: in development its start makes the signing key.
    const unnamed = call ? 'page' : 'start';
    const { safety, compliance } = marksOfCall(call);
    await insertEntry.run(tx, {
      id,
      at: tx.now,
      operation: call?.operation?.operationId ?? call?.task ?? unnamed,
      origin: call?.origin ?? 'command',
      result,
      reason,
      actor: actor ? actorName(actor) : 'anonymous',
      actingFor: (actor && actingFor(actor)) ?? null,
      sessionId: actor?.session?.id ?? null,
      targetType: target?.type ?? null,
      targetId: target?.id ?? null,
      changed: [...changed].sort(),
      safety,
      compliance,
      requestId: call?.id ?? null,
    });
    tx.afterCommit(() => this.#metrics.count(result));
    if (!call || (call.address === '' && call.userAgent === null)) return;
    const { address, userAgent } = call;
    await insertOrigin.run(tx, {
      entryId: id,
      address: address.slice(0, 45),
      userAgent: userAgent?.slice(0, 512) ?? null,
    });
  }

  /** A denied attempt, in a transaction of its own: there is no change that it could be part of. */
  recordDenied(actor: Actor | undefined, event: AuditEvent): Promise<void> {
    return inTransaction(this.#db, this.#clock, (tx) =>
      this.record(tx, actor, { ...event, result: 'denied' }),
    );
  }

  /** The refusal of an operation, where the problem catalogue says that it is worth an entry. */
  async recordRefusal({ actor }: CallContext, { code, about }: ProblemError): Promise<void> {
    const kind = denialOf(code);
    if (kind === undefined || (kind === 'caller' && actor === undefined)) return;
    await this.recordDenied(actor, { reason: code, target: about });
  }
}

function denialOf(code: ProblemCode): ProblemKind['denies'] {
  const kind: ProblemKind = problems[code];
  return kind.denies;
}
