import type { PersonalData } from '../../platform/personal-data.ts';
import { AccountErasure } from './model.ts';

export const erasureOfAccount: PersonalData = {
  name: 'erasure',
  tables: ['account_erasures'],
  read: async (db, userId) =>
    (await AccountErasure.query(db).where({ userId })).map(({ requestedAt, erasesAt }) => ({
      requestedAt,
      erasesAt,
    })),
  erase: async (tx, userId) => {
    await AccountErasure.query(tx).deleteById(userId);
  },
};
