import { AppModel } from '../../platform/db/app-model.ts';

/** The one column of an account that this feature owns. */
export class PasswordHolder extends AppModel {
  static override tableName = 'users';
  declare passwordHash: string | null;
  declare updatedAt: Date;
}
