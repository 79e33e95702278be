import type { AuditEntry as AuditEntryView } from '../../../contract/audit.ts';
import { AppModel } from '../db/app-model.ts';
import { type Args, statement } from '../db/statements/statement.ts';

export type AuditResult = AuditEntryView['result'];

/** Append-only: a trigger refuses update and delete, retention aside. */
export class AuditEntry extends AppModel {
  static override tableName = 'audit_entries';
  declare at: Date;
  declare operation: string;
  /** Null: written by a release that did not know it yet. */
  declare origin: AuditEntryView['origin'] | null;
  declare result: AuditResult;
  declare reason: string | null;
  /** Who really acted. */
  declare actor: string;
  declare actingFor: string | null;
  declare sessionId: string | null;
  declare targetType: string | null;
  declare targetId: string | null;
  declare changed: string[];
  declare safety: boolean;
  declare compliance: boolean;
  declare requestId: string | null;

  declare sentFrom?: AuditOrigin | null;

  static override relationMappings = () => ({
    sentFrom: {
      relation: AppModel.HasOneRelation,
      modelClass: AuditOrigin,
      join: { from: 'audit_entries.id', to: 'audit_origins.entryId' },
    },
  });
}

/** Where it came from: personal data, which may be cleared while the entry stays. */
export class AuditOrigin extends AppModel {
  static override tableName = 'audit_origins';
  static override idColumn = 'entryId';
  declare entryId: string;
  declare address: string | null;
  declare userAgent: string | null;
}

// Every change and every sign-in writes both.
export const insertEntry = statement(
  'audit.insertEntry',
  (entry: Args<Omit<AuditEntry, keyof AppModel | 'sentFrom'> & { id: string }>) =>
    AuditEntry.query().insert({
      id: entry.id,
      at: entry.at,
      operation: entry.operation,
      origin: entry.origin,
      result: entry.result,
      reason: entry.reason,
      actor: entry.actor,
      actingFor: entry.actingFor,
      sessionId: entry.sessionId,
      targetType: entry.targetType,
      targetId: entry.targetId,
      changed: entry.changed,
      safety: entry.safety,
      compliance: entry.compliance,
      requestId: entry.requestId,
    }),
);
export const insertOrigin = statement(
  'audit.insertOrigin',
  (origin: Args<Omit<AuditOrigin, keyof AppModel>>) =>
    AuditOrigin.query().insert({
      entryId: origin.entryId,
      address: origin.address,
      userAgent: origin.userAgent,
    }),
);
