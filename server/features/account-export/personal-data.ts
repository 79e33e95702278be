import type { PersonalData } from '../../platform/personal-data.ts';
import { AccountExport } from './model.ts';
import type { AccountExports } from './service.ts';

export function exportsData(service: AccountExports): PersonalData {
  return {
    name: 'exports',
    tables: ['account_exports'],
    read: async (db, userId) =>
      (await AccountExport.query(db).where({ userId }).orderBy('id')).map(
        ({ requestedAt, expiresAt }) => ({ requestedAt, expiresAt }),
      ),
    erase: (tx, userId) => service.forget(tx, userId),
  };
}
