import { AppModel } from '../../platform/db/app-model.ts';

/** An archive that somebody asked for. Its file has the same id. */
export class AccountExport extends AppModel {
  static override tableName = 'account_exports';
  declare userId: string;
  declare requestedAt: Date;
  /** Null while a job makes the archive. */
  declare expiresAt: Date | null;
}
