import type { liveEvents as contract } from '../../../contract/live-events.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { OpenStreams } from './open-streams.ts';

export function eventsHandlers(streams: OpenStreams): Handlers<typeof contract> {
  return {
    follow: async ({ actor, query, live }) => ({
      status: 200,
      body: { live: await streams.open(actor, { types: query.types, live }) },
    }),
  };
}
