import type { oidc as contract } from '../../../contract/oidc.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { signInReply } from '../auth/view.ts';
import { viewIdentity } from '../identities/view.ts';
import { backChannelLogout } from './back-channel-logout.ts';
import { callback } from './callback.ts';
import type { OidcContext } from './context.ts';
import { exchange } from './exchange.ts';
import { link } from './link.ts';
import { logout } from './logout.ts';
import { start, startLink } from './start.ts';
import { loggedOutReply, startedReply, viewProviders } from './view.ts';

export function oidcHandlers(context: OidcContext): Handlers<typeof contract> {
  return {
    providers: async () => ({
      status: 200,
      body: viewProviders(context.identityProviders.list()),
    }),

    start: async ({ body, call }) => startedReply(await start(context, body, call)),

    callback: async ({ params, query, call }) => {
      const location = await callback(context, params.provider, query, call);
      return { status: 303, headers: { Location: location }, body: undefined };
    },

    exchange: async ({ body, call }) => signInReply(await exchange(context, body, call)),

    logout: async ({ actor, body }) => loggedOutReply(await logout(context, actor, body)),

    backChannelLogout: async ({ params, body }) => {
      await backChannelLogout(context, params.provider, body.logout_token);
      return { status: 200, body: {} };
    },

    startLink: async ({ actor, body, call }) =>
      startedReply(await startLink(context, actor, body, call)),

    link: async ({ actor, body, call }) => ({
      status: 200,
      body: viewIdentity(await link(context, actor, body, call)),
    }),
  };
}
