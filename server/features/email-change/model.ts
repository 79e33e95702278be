import type { QueryBuilder } from 'objection';
import { AppModel } from '../../platform/db/app-model.ts';

export class EmailChange extends AppModel {
  static override tableName = 'email_changes';
  declare userId: string;
  /** Where it was asked for: that sign-in goes on. */
  declare sessionId: string | null;
  declare oldEmail: string;
  declare newEmail: string;
  declare createdAt: Date;
  declare confirmedAt: Date | null;
  declare revertedAt: Date | null;
}

/** What moved an account and was not taken back, the latest first. */
export function movesOf(userId: string) {
  return (query: QueryBuilder<EmailChange>): void => {
    query
      .where({ userId })
      .whereNotNull('confirmedAt')
      .whereNull('revertedAt')
      .orderBy([
        { column: 'confirmedAt', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
  };
}
