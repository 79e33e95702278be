import { AuditEntry } from '../../platform/audit/entry.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import { keysetOf } from '../../platform/db/keyset.ts';

export const auditKeyset = keysetOf(AuditEntry, {
  orders: { at: { column: 'at', kind: 'instant' } },
  usual: '-at',
});

/** What a seal says. Each goes on from the one before. */
export interface SealContent {
  readonly number: number;
  /** Of the canonical form of its entries. */
  readonly format: number;
  readonly sealedAt: Date;
  /** It holds the entries behind the place of the seal before, up to this one. */
  readonly throughPlace: string;
  readonly count: number;
  readonly leavesHash: Buffer;
  readonly previousHash: Buffer;
}

export class AuditSeal extends AppModel implements SealContent {
  static override tableName = 'audit_seals';
  static override idColumn = 'number';
  declare number: number;
  declare format: number;
  declare sealedAt: Date;
  declare throughPlace: string;
  declare count: number;
  /** Null once retention took the entries. */
  declare leaves: Buffer | null;
  declare leavesHash: Buffer;
  declare previousHash: Buffer;
  declare hash: Buffer;
}
