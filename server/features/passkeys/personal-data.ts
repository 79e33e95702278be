import type { PersonalData } from '../../platform/personal-data.ts';
import { Passkey } from './model.ts';
import { viewPasskey } from './view.ts';

export const passkeysData: PersonalData = {
  name: 'passkeys',
  tables: ['passkeys'],
  read: async (db, userId) =>
    (await Passkey.query(db).where({ userId }).orderBy('id')).map(viewPasskey),
  erase: async (tx, userId) => {
    await Passkey.query(tx).delete().where({ userId });
  },
};
