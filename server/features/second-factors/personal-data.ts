import type { PersonalData } from '../../platform/personal-data.ts';
import { RecoveryCode, TotpSecret } from './model.ts';

/** What an account proves itself with: when it was set up, and never a secret of it. */
export const factorsData: PersonalData = {
  name: 'secondFactors',
  tables: ['totp_secrets', 'recovery_codes'],
  read: async (db, userId) => [
    ...(await TotpSecret.query(db).where({ userId })).map(({ createdAt, confirmedAt }) => ({
      kind: 'totp',
      createdAt,
      confirmedAt,
    })),
    ...(await RecoveryCode.query(db).where({ userId }).orderBy('id')).map(({ createdAt }) => ({
      kind: 'recovery_code',
      createdAt,
    })),
  ],
  erase: async (tx, userId) => {
    await TotpSecret.query(tx).delete().where({ userId });
    await RecoveryCode.query(tx).delete().where({ userId });
  },
};
