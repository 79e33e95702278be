import type { PersonalData } from '../../platform/personal-data.ts';
import { WebhookEndpoint } from './model.ts';

/** Which webhooks somebody made. They stay when the account goes: others depend on them. */
export const webhooksData: PersonalData = {
  name: 'webhooks',
  tables: ['webhook_endpoints'],
  read: async (db, userId) => {
    const own = await WebhookEndpoint.query(db).where({ createdById: userId }).orderBy('id');
    return own.map(({ url, description, createdAt }) => ({ url, description, createdAt }));
  },
  erase: async (tx, userId) => {
    const own = WebhookEndpoint.query(tx).where({ createdById: userId });
    await own.patch({ createdById: null });
  },
};
