import { randomUUIDv7 } from 'node:crypto';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage, PageRequest } from '../../platform/db/keyset.ts';
import { findRequestContext } from '../../platform/observability/request-context.ts';
import {
  AuditEntry,
  type AuditResult,
  type AuditTarget,
  auditKeyset,
  insertEntry,
  insertOrigin,
} from './model.ts';

export interface AuditEvent {
  readonly target?: { readonly type: AuditTarget; readonly id: string } | undefined;
  /** The names of what was set; never a value. */
  readonly changed?: readonly string[];
  readonly result?: AuditResult;
  /** Why it was denied: a problem code or a rule. */
  readonly reason?: string;
}

export interface AuditFilters extends PageRequest<typeof auditKeyset> {
  readonly actor?: string | undefined;
  readonly targetId?: string | undefined;
  readonly operation?: string | undefined;
  readonly result?: AuditResult | undefined;
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

export class Audit {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Writes one entry, in the transaction of what it tells: both happen or neither. The operation
   * and the origin are those of the request in hand.
   */
  async record(trx: Database, actor: Actor | undefined, event: AuditEvent = {}): Promise<void> {
    const { target, changed = [], result = 'done', reason = null } = event;
    const request = findRequestContext();
    const id = randomUUIDv7();
    await insertEntry.run(trx, {
      id,
      at: this.#clock.now(),
      operation: request?.operation?.operationId ?? 'command',
      result,
      reason,
      actor: actor?.id ?? 'anonymous',
      sessionId: actor?.session?.id ?? null,
      targetType: target?.type ?? null,
      targetId: target?.id ?? null,
      changed: [...changed].sort(),
      requestId: request?.id ?? null,
    });
    if (!request) return;
    const { address, userAgent } = request;
    await insertOrigin.run(trx, {
      entryId: id,
      address: address.slice(0, 45),
      userAgent: userAgent?.slice(0, 512) ?? null,
    });
  }

  /** A denied attempt: what it would have been part of was rolled back or never begun. */
  recordDenied(actor: Actor | undefined, event: AuditEvent): Promise<void> {
    return this.#db.transaction((trx) => this.record(trx, actor, { ...event, result: 'denied' }));
  }

  list(_actor: Actor, filters: AuditFilters): Promise<KeysetPage<AuditEntry>> {
    const { from, before, actor, targetId, operation, result, ...page } = filters;
    const match = { actor, targetId, operation, result };
    const given = Object.entries(match).filter(([, value]) => value !== undefined);
    return AuditEntry.query(this.#db)
      .where(Object.fromEntries(given) as object)
      .withGraphFetched('origin')
      .inRange('audit_entries.at', { from, before })
      .keysetPage(auditKeyset, page);
  }
}
