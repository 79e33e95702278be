import type { apiKeys as contract } from '../../../contract/api-keys.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { OwnApiKeys } from './own-keys.ts';
import { viewApiKey, viewMadeKey } from './view.ts';

export function apiKeysHandlers(keys: OwnApiKeys): Handlers<typeof contract> {
  return {
    list: async ({ actor }) => ({
      status: 200,
      body: { items: (await keys.list(actor)).map(viewApiKey) },
    }),

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewApiKey(await keys.get(actor, params.keyId)),
    }),

    create: async ({ actor, body }) => ({
      status: 200,
      body: viewMadeKey(await keys.create(actor, body)),
    }),

    rotate: async ({ actor, params, body }) => ({
      status: 200,
      body: viewMadeKey(await keys.rotate(actor, params.keyId, body)),
    }),

    revoke: async ({ actor, params }) => {
      await keys.revoke(actor, params.keyId);
      return { status: 204, body: undefined };
    },
  };
}
