import type { users as contract, UserStatistics } from '../../../contract/users.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Avatars } from './avatars.ts';
import type { UserLifecycle } from './lifecycle.ts';
import type { Membership } from './membership.ts';
import type { Users } from './service.ts';

import { viewFull, viewUser } from './view.ts';

interface Others {
  readonly lifecycle: UserLifecycle;
  readonly membership: Membership;
  readonly avatars: Avatars;
  readonly statistics: (actor: Actor) => Promise<UserStatistics>;
}

export function usersHandlers(
  users: Users,
  { lifecycle, membership, avatars, statistics }: Others,
): Handlers<typeof contract> {
  return {
    list: async ({ actor, query, read }) => {
      const page = await users.list(actor, query, read);
      const items = page.items.map((user) => viewUser(actor, user));
      return { status: 200, body: { ...page, items } };
    },

    byIds: async ({ actor, query }) => {
      const found = await users.byIds(actor, query.ids);
      return { status: 200, body: { items: found.map((user) => viewUser(actor, user)) } };
    },

    statistics: async ({ actor }) => ({ status: 200, body: await statistics(actor) }),

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewUser(actor, await users.get(actor, params.userId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewFull(await users.create(actor, body)),
    }),

    update: async ({ actor, params, body, expects }) => ({
      status: 200,
      body: viewFull(await users.update(actor, params.userId, body, expects(viewFull))),
    }),

    remove: async ({ actor, params, expects }) => {
      await lifecycle.remove(actor, params.userId, expects(viewFull));
      return { status: 204, body: undefined };
    },

    getAvatar: async ({ actor, params }) => ({
      status: 200,
      body: await avatars.open(actor, params.userId),
    }),

    removeAvatar: async ({ actor, params }) => {
      await avatars.remove(actor, params.userId);
      return { status: 204, body: undefined };
    },

    deactivate: async ({ actor, params }) => ({
      status: 200,
      body: viewFull(await lifecycle.deactivate(actor, params.userId)),
    }),

    activate: async ({ actor, params }) => ({
      status: 200,
      body: viewFull(await lifecycle.activate(actor, params.userId)),
    }),

    restore: async ({ actor, params }) => ({
      status: 200,
      body: viewFull(await lifecycle.restore(actor, params.userId)),
    }),

    assignRole: async ({ actor, params }) => {
      await membership.assign(actor, params.userId, params.roleId);
      return { status: 204, body: undefined };
    },

    takeRole: async ({ actor, params }) => {
      await membership.take(actor, params.userId, params.roleId);
      return { status: 204, body: undefined };
    },
  };
}
