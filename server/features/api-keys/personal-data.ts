import type { PersonalData } from '../../platform/personal-data.ts';
import { ApiKey } from './model.ts';
import { viewApiKey } from './view.ts';

export const apiKeysData: PersonalData = {
  name: 'api-keys',
  tables: ['api_keys'],
  read: async (db, userId) =>
    (await ApiKey.query(db).where({ userId }).orderBy('id')).map(viewApiKey),
  erase: async (tx, userId) => {
    await ApiKey.query(tx).delete().where({ userId });
  },
};
