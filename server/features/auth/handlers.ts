import type { auth as contract } from '../../../contract/auth.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { viewSession } from '../sessions/view.ts';
import { viewFull } from '../users/view.ts';
import { issueToken } from './client-credentials.ts';
import type { AuthContext } from './context.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { signInByPasskey } from './passkey.ts';
import { proveSecondFactor } from './prove-second-factor.ts';
import { reauthenticate } from './reauthenticate.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { revoke } from './revoke.ts';
import { signedInReply, signInReply, viewOptions, viewTokens } from './view.ts';

const received = { message: 'The account begins when the address is proven.' };

export function authHandlers(context: AuthContext): Handlers<typeof contract> {
  return {
    register: async ({ body }) => {
      const user = await register(context, body);
      return user
        ? { status: 201, body: { user: viewFull(user) } }
        : { status: 202, body: received };
    },

    login: async ({ body, call }) => signInReply(await login(context, body, call)),

    proveSecondFactor: async ({ body, call }) =>
      signedInReply(await proveSecondFactor(context, body, call)),

    passkeyOptions: async () => ({ status: 200, body: await context.passkeys.request() }),

    passkey: async ({ body, call }) => signedInReply(await signInByPasskey(context, body, call)),

    reauthenticate: async ({ actor, body, call }) =>
      signedInReply(await reauthenticate(context, actor, body, call)),

    refresh: async ({ body }) => ({
      status: 200,
      body: viewTokens(await refresh(context, body.refreshToken)),
    }),

    token: async ({ body, call }) => ({
      status: 200,
      body: await issueToken(context, body, call.presented.authorization),
    }),

    revoke: async ({ body }) => {
      await revoke(context, body.token);
      return { status: 200, body: {} };
    },

    options: async () => ({ status: 200, body: viewOptions(context.config) }),

    logout: async ({ actor }) => {
      const cookie = await logout(context, actor);
      return { status: 204, cookies: cookie === undefined ? [] : [cookie], body: undefined };
    },

    session: async ({ actor }) => ({
      status: 200,
      body: {
        session: viewSession(await context.sessions.service.getCurrent(actor)),
        user: viewFull(await context.users.get(actor, actor.id)),
      },
    }),
  };
}
