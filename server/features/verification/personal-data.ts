import type { PersonalData } from '../../platform/personal-data.ts';

/** What somebody once began with the address of the account. */
export const signUpsData: PersonalData = {
  name: 'sign-ups',
  tables: ['sign_ups'],
  erase: async (tx, userId) => {
    const address = tx('users').select('email').where({ id: userId });
    await tx('sign_ups').where('email', address).delete();
  },
  excuse: 'Nobody has proven the address of a sign-up: it may be a stranger who wrote it down.',
};
