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
    examples: ['id: 01994c1e-9b20-7a11-8c3d-4e5f60718293\nevent: account.created\ndata: {"id":"01994c1e-9b20-7a11-8c3d-4e5f60718293","type":"account.created","version":1,"timestamp":"2026-11-21T12:00:00.000Z","data":{"userId":"01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11"}}\n\n'],
  },
};
