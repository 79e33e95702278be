// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  EventsFollowAnswer,
  EventsFollowInput,
} from '../events.ts';

/** Handlers of `events`. */
export interface EventsMock<Handler> {
  /**
   * Follow what happens, live.
   *
   * `GET /api/v1/events`. Needs a sign-in.
   */
  follow(reply?: Reply<EventsFollowInput, EventsFollowAnswer>): Handler;
}

export const eventsSketches: Sketches = {
  follow: {
    method: 'get',
    path: '/api/v1/events',
    headers: { lastEventId: 'Last-Event-Id' },
    status: 200,
    type: 'text/event-stream',
    examples: [': mocked\n\n'],
  },
};
