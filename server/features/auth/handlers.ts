import type { auth as contract } from '../../../contract/auth.ts';
import type { Handlers } from '../../platform/http/handlers.ts';
import { viewSession } from '../sessions/view.ts';
import type { Users } from '../users/service.ts';
import { viewFull } from '../users/view.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import type { AuthParts } from './parts.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { revoke } from './revoke.ts';
import { getSession } from './session.ts';
import { viewTokens } from './view.ts';

const received = { message: 'The account begins when the address is proven.' };

export function authHandlers(parts: AuthParts, users: Users): Handlers<typeof contract> {
  return {
    register: async ({ body }) => {
      const user = await register(parts, users, body);
      return user
        ? { status: 201, body: { user: viewFull(user) } }
        : { status: 202, body: received };
    },

    login: async ({ body, request }) => {
      const signedIn = await login(parts, body, request);
      const who = { session: viewSession(signedIn.session), user: viewFull(signedIn.user) };
      return signedIn.delivery === 'cookie'
        ? {
            status: 200,
            headers: { 'Set-Cookie': signedIn.cookie },
            body: { delivery: 'cookie', ...who },
          }
        : { status: 200, body: { delivery: 'tokens', ...viewTokens(signedIn.tokens), ...who } };
    },

    refresh: async ({ body }) => ({
      status: 200,
      body: viewTokens(await refresh(parts, body.refreshToken)),
    }),

    revoke: async ({ body }) => {
      await revoke(parts, body.token);
      return { status: 200, body: {} };
    },

    logout: async ({ actor }) => {
      const cookie = await logout(parts, actor);
      return { status: 204, ...(cookie && { headers: { 'Set-Cookie': cookie } }), body: undefined };
    },

    session: async ({ actor }) => ({
      status: 200,
      body: {
        session: viewSession(await getSession(parts, actor)),
        user: viewFull(await users.get(actor, actor.id)),
      },
    }),
  };
}
