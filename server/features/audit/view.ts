import type { Activity, AuditEntry as AuditEntryShape } from '../../../contract/audit.ts';
import type { AuditEntry } from '../../platform/audit/entry.ts';

export function viewEntry(entry: AuditEntry): AuditEntryShape {
  return {
    ...viewDeed(entry),
    reason: entry.reason,
    actor: entry.actor,
    actingFor: entry.actingFor,
    sessionId: entry.sessionId,
    safety: entry.safety,
    compliance: entry.compliance,
    requestId: entry.requestId,
    address: entry.sentFrom?.address ?? null,
    userAgent: entry.sentFrom?.userAgent ?? null,
  };
}

/** To the person whom it is about: who others are, where they sit and why they did it is theirs. */
export function viewActivity(entry: AuditEntry, userId: string): Activity {
  const by = byWhom(entry, userId);
  const isTold = by !== 'other';
  return {
    ...viewDeed(entry),
    by,
    reason: isTold ? entry.reason : null,
    sessionId: by === 'self' ? entry.sessionId : null,
    address: (isTold && entry.sentFrom?.address) || null,
    userAgent: (isTold && entry.sentFrom?.userAgent) || null,
  };
}

function byWhom({ actor }: AuditEntry, userId: string): Activity['by'] {
  if (actor === userId) return 'self';
  if (actor === 'anonymous') return actor;
  return actor.startsWith('system:') ? 'system' : 'other';
}

/** What was done, and to what: whoever may see the entry may see this. */
function viewDeed(entry: AuditEntry) {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    operation: entry.operation,
    origin: entry.origin ?? (entry.operation === 'command' ? 'command' : 'http'),
    result: entry.result,
    // Entries of before have a shorter word for signing keys, and entries are never rewritten.
    targetType: entry.targetType === 'key' ? 'signing_key' : entry.targetType,
    targetId: entry.targetId,
    changed: entry.changed,
  };
}
