import type { PersonalData } from '../../platform/personal-data.ts';
import type { KeptTokens } from './kept-tokens.ts';
import { Identity } from './model.ts';

export function identitiesData(kept: KeptTokens): PersonalData {
  return {
    name: 'identities',
    tables: ['user_identities', 'identity_tokens'],
    read: async (db, userId) => {
      const identities = await Identity.query(db).where({ userId }).orderBy('id');
      const told = await kept.toldOf(db, identities);
      return identities.map((identity) => ({
        provider: identity.provider,
        issuer: identity.issuer,
        subject: identity.subject,
        email: identity.email,
        createdAt: identity.createdAt,
        lastUsedAt: identity.lastUsedAt,
        needsReauthenticationAt: identity.needsReauthenticationAt,
        // What is followed of the profile there. The tokens themselves are nobody's to read.
        told: told.get(identity.id) ?? null,
      }));
    },
    erase: async (tx, userId) => {
      await kept.revoke(tx, await Identity.query(tx).where({ userId }));
      await Identity.query(tx).delete().where({ userId });
    },
  };
}
