import type { PersonalData } from '../../platform/personal-data.ts';
import { AccountExport } from './model.ts';

export const exportsOfAccount: PersonalData = {
  name: 'exports',
  tables: ['account_exports'],
  read: async (db, userId) =>
    (await AccountExport.query(db).where({ userId }).orderBy('id')).map(
      ({ requestedAt, expiresAt }) => ({ requestedAt, expiresAt }),
    ),
  // The archives themselves are swept after a day: nobody has a link to them any more.
  erase: async (tx, userId) => {
    await AccountExport.query(tx).delete().where({ userId });
  },
};
