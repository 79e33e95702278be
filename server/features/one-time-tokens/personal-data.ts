import type { PersonalData } from '../../platform/personal-data.ts';
import { OneTimeToken } from './model.ts';

export const tokensData: PersonalData = {
  name: 'links',
  tables: ['one_time_tokens'],
  read: async (db, userId) =>
    (await OneTimeToken.query(db).where({ userId }).orderBy('id')).map(
      ({ purpose, subject, createdAt, expiresAt }) => ({ purpose, subject, createdAt, expiresAt }),
    ),
  erase: async (tx, userId) => {
    await OneTimeToken.query(tx).delete().where({ userId });
  },
};
