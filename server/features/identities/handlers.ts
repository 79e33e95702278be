import type { identities as contract } from '../../../contract/identities.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Identities } from './service.ts';
import { viewIdentity } from './view.ts';

export function identitiesHandlers(identities: Identities): Handlers<typeof contract> {
  return {
    list: async ({ actor }) => ({
      status: 200,
      body: { items: (await identities.list(actor)).map(viewIdentity) },
    }),

    unlink: async ({ actor, params }) => {
      await identities.unlink(actor, params.identityId);
      return { status: 204, body: undefined };
    },
  };
}
