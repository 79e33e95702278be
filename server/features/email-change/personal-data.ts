import type { PersonalData } from '../../platform/personal-data.ts';
import { EmailChange } from './model.ts';

/** Addresses that the account had, or wanted. */
export const emailChangesData: PersonalData = {
  name: 'email-changes',
  tables: ['email_changes'],
  read: async (db, userId) =>
    (await EmailChange.query(db).where({ userId }).orderBy('id')).map(
      ({ oldEmail, newEmail, createdAt, confirmedAt, revertedAt }) => ({
        ...{ oldEmail, newEmail, createdAt, confirmedAt, revertedAt },
      }),
    ),
  erase: async (tx, userId) => {
    await EmailChange.query(tx).delete().where({ userId });
  },
};
