import type { me as contract } from '../../../contract/me.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AuditEntries } from '../audit/service.ts';
import { viewActivity } from '../audit/view.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import type { User } from '../users/model.ts';
import { viewAvatar } from '../users/view.ts';
import { viewMe } from './view.ts';

export function meHandlers(
  { service: users, avatars }: Pick<UsersFeature, 'service' | 'avatars'>,
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

    listActivity: async ({ actor, query, read }) => {
      const { id } = await users.get(actor, actor.id);
      const page = await entries.listOwn(actor, query, read);
      const items = page.items.map((entry) => viewActivity(entry, id));
      return { status: 200, body: { ...page, items } };
    },

    getAvatar: async ({ actor }) => ({ status: 200, body: await avatars.open(actor, actor.id) }),

    setAvatar: async ({ actor, body }) => ({
      status: 200,
      body: viewAvatar(await avatars.set(actor, body)),
    }),

    removeAvatar: async ({ actor }) => {
      await avatars.remove(actor, actor.id);
      return { status: 204, body: undefined };
    },

    changePassword: async ({ actor, body, call }) => {
      await changePassword(actor, body, call);
      return { status: 204, body: undefined };
    },
  };
}
