import type { PersonalData } from '../../platform/personal-data.ts';
import { WebhookEndpoint } from './model.ts';

/** Which webhooks somebody made. They stay when the account goes: others depend on them. */
export const webhooksData: PersonalData = {
  name: 'webhooks',
  tables: ['webhook_endpoints'],
  read: async (db, userId) => {
    const own = await WebhookEndpoint.query(db).where({ createdById: userId }).orderBy('id');
    // Others may have changed it since, and the query of an address may hold a secret.
    const addressOf = (url: string) => url.replace(/\?.*/s, '');
    return own.map(({ url, ...more }) => ({
      url: addressOf(url),
      description: more.description,
      createdAt: more.createdAt,
    }));
  },
  erase: async (tx, userId) => {
    const own = () => WebhookEndpoint.query(tx).where({ createdById: userId });
    // In the order in which everybody locks several.
    await own().orderBy('id').forNoKeyUpdate();
    await own().patch({ createdById: null });
  },
};
