import { AppModel } from '../../platform/db/app-model.ts';

/** An account whose owner asked for its erasure. */
export class AccountErasure extends AppModel {
  static override tableName = 'account_erasures';
  static override idColumn = 'userId';
  declare userId: string;
  declare requestedAt: Date;
  declare erasesAt: Date;
}
