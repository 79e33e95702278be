import type { sessions as contract } from '../../../contract/sessions.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { SessionCookies } from './cookies.ts';
import type { OwnSessions } from './own-sessions.ts';
import { viewSession } from './view.ts';

export function sessionsHandlers(
  sessions: OwnSessions,
  cookies: SessionCookies,
): Handlers<typeof contract> {
  return {
    list: async ({ actor }) => {
      const items = (await sessions.list(actor)).map((session) => ({
        ...viewSession(session),
        isCurrent: session.id === actor.session?.id,
      }));
      return { status: 200, body: { items } };
    },

    end: async ({ actor, params }) => {
      await sessions.end(actor, params.sessionId);
      const isOwn = params.sessionId === actor.session?.id;
      return { status: 204, cookies: isOwn ? cookies.blankFor(actor) : [], body: undefined };
    },

    endOthers: async ({ actor }) => ({
      status: 200,
      body: { ended: await sessions.endOthers(actor) },
    }),

    endAll: async ({ actor }) => ({
      status: 200,
      cookies: cookies.blankFor(actor),
      body: { ended: await sessions.endAll(actor) },
    }),
  };
}
