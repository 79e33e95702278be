import type { liveEvents as contract } from '../../../contract/live-events.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { OpenStreams } from './open-streams.ts';

export function eventsHandlers(streams: OpenStreams): Handlers<typeof contract> {
  return {
    follow: async ({ actor, query, live }) => {
      const stream = await streams.open(actor, { types: query.types, live });
      return { status: 200, body: { live: stream, events: () => stream.events() } };
    },
  };
}
