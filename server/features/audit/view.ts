import type { AuditEntry as AuditEntryShape } from '../../../contract/audit.ts';
import type { AuditEntry } from './model.ts';

export function viewEntry(entry: AuditEntry): AuditEntryShape {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    operation: entry.operation,
    result: entry.result,
    reason: entry.reason,
    actor: entry.actor,
    sessionId: entry.sessionId,
    targetType: entry.targetType,
    targetId: entry.targetId,
    changed: entry.changed,
    requestId: entry.requestId,
    address: entry.origin?.address ?? null,
    userAgent: entry.origin?.userAgent ?? null,
  };
}
