import type { PersonalData } from '../../platform/personal-data.ts';
import { Identity } from './model.ts';

export const identitiesData: PersonalData = {
  name: 'identities',
  tables: ['user_identities'],
  read: async (db, userId) =>
    (await Identity.query(db).where({ userId }).orderBy('id')).map(
      ({ provider, issuer, subject, email, createdAt, lastUsedAt }) => ({
        provider,
        issuer,
        subject,
        email,
        createdAt,
        lastUsedAt,
      }),
    ),
  erase: async (tx, userId) => {
    await Identity.query(tx).delete().where({ userId });
  },
};
