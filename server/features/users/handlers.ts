import type { users as contract } from '../../../contract/users.ts';
import type { Handlers } from '../../platform/http/handlers.ts';
import type { Users } from './service.ts';
import { viewFull, viewUser } from './view.ts';

const defaultLimit = 50;

export function usersHandlers(users: Users): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const {
        createdFrom,
        createdBefore,
        sort = 'username',
        limit = defaultLimit,
        ...rest
      } = query;
      const page = await users.list(actor, {
        ...rest,
        sort,
        limit,
        createdFrom: instant(createdFrom),
        createdBefore: instant(createdBefore),
      });
      const items = page.items.map((user) => viewUser(actor, user));
      return { status: 200, body: { ...page, items } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewUser(actor, await users.get(actor, params.userId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewFull(await users.create(actor, body)),
    }),

    update: async ({ actor, params, body }) => ({
      status: 200,
      body: viewFull(await users.update(actor, params.userId, body)),
    }),

    remove: async ({ actor, params }) => {
      await users.remove(actor, params.userId);
      return { status: 204, body: undefined };
    },
  };
}

function instant(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
