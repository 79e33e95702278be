import type { roles as contract } from '../../../contract/roles.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Roles } from './service.ts';
import { viewRole } from './view.ts';

export function rolesHandlers(roles: Roles): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await roles.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewRole) } };
    },

    byNames: async ({ actor, query }) => {
      const found = await roles.byNames(actor, query.names);
      return { status: 200, body: { items: found.map(viewRole) } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewRole(await roles.get(actor, params.roleId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewRole(await roles.create(actor, body)),
    }),

    update: async ({ actor, params, body, expects }) => ({
      status: 200,
      body: viewRole(await roles.update(actor, params.roleId, body, expects(viewRole))),
    }),

    remove: async ({ actor, params, expects }) => {
      await roles.remove(actor, params.roleId, expects(viewRole));
      return { status: 204, body: undefined };
    },

    grant: async ({ actor, params }) => ({
      status: 200,
      body: viewRole(await roles.grant(actor, params.roleId, params.permission)),
    }),

    revoke: async ({ actor, params }) => ({
      status: 200,
      body: viewRole(await roles.revoke(actor, params.roleId, params.permission)),
    }),
  };
}
