import type { me as contract } from '../../../contract/me.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { Users } from '../users/service.ts';
import { viewMe } from './view.ts';

export function meHandlers(
  users: Users,
  changePassword: AuthFeature['changePassword'],
): Handlers<typeof contract> {
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
      await changePassword(actor, body, call);
      return { status: 204, body: undefined };
    },
  };
}
