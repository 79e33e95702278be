import type { AuditEntry as AuditEntryShape } from '../../../contract/audit.ts';
import type { AuditEntry } from '../../platform/audit/entry.ts';

export function viewEntry(entry: AuditEntry): AuditEntryShape {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    operation: entry.operation,
    origin: entry.origin ?? (entry.operation === 'command' ? 'command' : 'http'),
    result: entry.result,
    reason: entry.reason,
    actor: entry.actor,
    sessionId: entry.sessionId,
    // Entries of before have a shorter word for signing keys, and entries are never rewritten.
    targetType: entry.targetType === 'key' ? 'signing_key' : entry.targetType,
    targetId: entry.targetId,
    changed: entry.changed,
    requestId: entry.requestId,
    address: entry.sentFrom?.address ?? null,
    userAgent: entry.sentFrom?.userAgent ?? null,
  };
}
