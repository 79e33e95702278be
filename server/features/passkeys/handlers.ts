import type { passkeys as contract } from '../../../contract/passkeys.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Passkeys } from './service.ts';
import { viewPasskey } from './view.ts';

export function passkeysHandlers(passkeys: Passkeys): Handlers<typeof contract> {
  return {
    list: async ({ actor }) => ({
      status: 200,
      body: { items: (await passkeys.list(actor)).map(viewPasskey) },
    }),

    options: async ({ actor }) => ({ status: 200, body: await passkeys.options(actor) }),

    create: async ({ actor, body }) => {
      const { passkey, recoveryCodes } = await passkeys.create(actor, body);
      return { status: 200, body: { passkey: viewPasskey(passkey), recoveryCodes } };
    },

    rename: async ({ actor, params, body }) => ({
      status: 200,
      body: viewPasskey(await passkeys.rename(actor, params.passkeyId, body)),
    }),

    remove: async ({ actor, params }) => {
      await passkeys.remove(actor, params.passkeyId);
      return { status: 204, body: undefined };
    },
  };
}
