import { KeptAnswer } from '../../platform/idempotency/kept-answer.ts';
import type { PersonalData } from '../../platform/personal-data.ts';

/** The answers themselves hold what other files of the archive hold, and are sealed. */
export const keptAnswersData: PersonalData = {
  name: 'idempotency-keys',
  tables: ['idempotency_keys'],
  read: async (db, userId) =>
    (await KeptAnswer.query(db).where({ actor: userId }).orderBy(['createdAt', 'id'])).map(
      ({ operation, createdAt, expiresAt }) => ({ operation, createdAt, expiresAt }),
    ),
  erase: async (tx, userId) => {
    await KeptAnswer.query(tx).delete().where({ actor: userId });
  },
};
