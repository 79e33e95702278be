import type { PersonalData } from '../../platform/personal-data.ts';
import { ProvenLogin, ProviderSignIn } from './model.ts';

/** What of an account is on its way to a provider and back, for minutes. */
export const providerSignInsData: PersonalData = {
  name: 'provider-sign-ins',
  tables: ['provider_sign_ins', 'proven_identities'],
  erase: async (tx, userId) => {
    await ProviderSignIn.query(tx).delete().where({ userId });
    await ProvenLogin.query(tx).delete().where({ userId });
  },
  excuse: 'Nothing but secrets of a link that is not done yet, for ten minutes each.',
};
