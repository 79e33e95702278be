import type { PersonalData } from '../../platform/personal-data.ts';
import { attemptsAt } from './attempts.ts';

export const attemptsData: PersonalData = {
  name: 'sign-in-attempts',
  tables: ['sign_in_attempts'],
  read: async (db, userId) =>
    attemptsAt(db, userId).select('failures', 'blockedUntil', 'updatedAt'),
  erase: async (tx, userId) => {
    await attemptsAt(tx, userId).delete();
  },
};
