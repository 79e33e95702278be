import type { me as contract } from '../../../contract/me.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { changePassword } from '../auth/change-password.ts';
import type { AuthParts } from '../auth/parts.ts';
import type { Users } from '../users/service.ts';
import { viewMe } from './view.ts';

export function meHandlers(users: Users, auth: AuthParts): Handlers<typeof contract> {
  return {
    get: async ({ actor }) => ({
      status: 200,
      body: viewMe(actor, await users.get(actor, actor.id)),
    }),

    update: async ({ actor, body }) => ({
      status: 200,
      body: viewMe(actor, await users.update(actor, actor.id, body)),
    }),

    changePassword: async ({ actor, body, call }) => {
      await changePassword(auth, actor, body, call);
      return { status: 204, body: undefined };
    },
  };
}
