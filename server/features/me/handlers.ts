import type { me as contract } from '../../../contract/me.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AuditEntries } from '../audit/service.ts';
import { viewActivity } from '../audit/view.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import { viewMe } from './view.ts';

export function meHandlers(
  users: Users,
  changePassword: AuthFeature['changePassword'],
  entries: AuditEntries,
): Handlers<typeof contract> {
  return {
    get: async ({ actor }) => ({
      status: 200,
      body: viewMe(actor, await users.get(actor, actor.id)),
    }),

    update: async ({ actor, body, expects }) => {
      const view = (user: User) => viewMe(actor, user);
      return { status: 200, body: view(await users.update(actor, actor.id, body, expects(view))) };
    },

    listActivity: async ({ actor, query }) => {
      const { id } = await users.get(actor, actor.id);
      const page = await entries.listOwn(actor, query);
      const items = page.items.map((entry) => viewActivity(entry, id));
      return { status: 200, body: { ...page, items } };
    },

    changePassword: async ({ actor, body, call }) => {
      await changePassword(actor, body, call);
      return { status: 204, body: undefined };
    },
  };
}
