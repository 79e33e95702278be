import type { invitations as contract } from '../../../contract/invitations.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { viewFull } from '../users/view.ts';
import type { Acceptance } from './acceptance.ts';
import type { Invitations } from './service.ts';
import { viewInvitation } from './view.ts';

export function invitationsHandlers(
  invitations: Invitations,
  acceptance: Acceptance,
): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await invitations.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewInvitation) } };
    },

    get: async ({ actor, params }) => ({
      status: 200,
      body: viewInvitation(await invitations.get(actor, params.invitationId)),
    }),

    create: async ({ actor, body }) => ({
      status: 201,
      body: viewInvitation(await invitations.create(actor, body)),
    }),

    revoke: async ({ actor, params }) => ({
      status: 200,
      body: viewInvitation(await invitations.revoke(actor, params.invitationId)),
    }),

    accept: async ({ body }) => ({
      status: 201,
      body: viewFull(await acceptance.accept(body)),
    }),
  };
}
