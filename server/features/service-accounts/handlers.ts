import type { serviceAccounts as contract } from '../../../contract/service-accounts.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { viewApiKey, viewMadeKey } from '../api-keys/view.ts';
import type { ServiceAccountKeys } from './keys.ts';
import type { ServiceAccounts } from './service.ts';
import { viewServiceAccount } from './view.ts';

export function serviceAccountsHandlers(
  accounts: ServiceAccounts,
  keys: ServiceAccountKeys,
): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await accounts.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewServiceAccount) } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewServiceAccount(await accounts.get(actor, params.serviceAccountId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewServiceAccount(await accounts.create(actor, body)),
    }),

    update: async ({ actor, params, body, expects }) => {
      const expected = expects(viewServiceAccount);
      const account = await accounts.update(actor, params.serviceAccountId, body, expected);
      return { status: 200, body: viewServiceAccount(account) };
    },

    remove: async ({ actor, params, expects }) => {
      await accounts.remove(actor, params.serviceAccountId, expects(viewServiceAccount));
      return { status: 204, body: undefined };
    },

    listKeys: async ({ actor, params }) => ({
      status: 200,
      body: { items: (await keys.list(actor, params.serviceAccountId)).map(viewApiKey) },
    }),

    createKey: async ({ actor, params, body }) => ({
      status: 200,
      body: viewMadeKey(await keys.create(actor, params.serviceAccountId, body)),
    }),

    rotateKey: async ({ actor, params, body }) => ({
      status: 200,
      body: viewMadeKey(await keys.rotate(actor, params.serviceAccountId, params.keyId, body)),
    }),

    revokeKey: async ({ actor, params }) => {
      await keys.revoke(actor, params.serviceAccountId, params.keyId);
      return { status: 204, body: undefined };
    },
  };
}
