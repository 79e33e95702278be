import type { accountErasure as contract } from '../../../contract/account-erasure.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AccountErasures } from './service.ts';
import { viewErasure } from './view.ts';

export function accountErasureHandlers(erasures: AccountErasures): Handlers<typeof contract> {
  return {
    get: async ({ actor }) => ({ status: 200, body: viewErasure(await erasures.find(actor)) }),

    request: async ({ actor }) => ({
      status: 202,
      body: viewErasure(await erasures.request(actor)),
    }),

    cancel: async ({ actor }) => {
      await erasures.cancel(actor);
      return { status: 204, body: undefined };
    },
  };
}
