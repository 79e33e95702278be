import * as z from 'zod';
import { type EventName, eventNames, events } from './events.ts';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { liveStream } from './kit/facets/streams.ts';
import { finding } from './kit/findings.ts';

export const FollowQuery = z.strictObject({
  types: z
    .string()
    .min(1)
    .max(2000)
    .regex(/^[a-z._]+(,[a-z._]+)*$/)
    .transform((list) => list.split(','))
    .refine(
      (types) => types.every((type) => Object.hasOwn(events, type)),
      finding('not_listed', 'There is no such kind of event'),
    )
    .transform((types) => types as EventName[])
    .meta({
      wire: {
        type: 'string',
        minLength: 1,
        maxLength: 2000,
        pattern: '^[a-z._]+(,[a-z._]+)*$',
        description: 'Only events of these kinds, separated by commas.',
        examples: ['account.updated,session.ended'],
      },
    })
    .optional(),
});
export type FollowQuery = z.output<typeof FollowQuery>;

export const liveEvents = c.router(
  {
    follow: {
      method: 'GET',
      path: '',
      summary: 'Follow what happens, live',
      description:
        'Server-Sent Events (WHATWG HTML, 9.2): each has the `id` of the event, its type as `event`, and its envelope in JSON as `data`. A person hears of the own account, and whoever holds the permission of a kind hears all of it. The stream ends with the sign-in, or whenever the service wants; whoever comes back with `Last-Event-Id` misses nothing.',
      query: FollowQuery,
      responses: { 200: liveStream('Events, as they happen.') },
      metadata: {
        graphql: { field: 'events', lists: { types: eventNames } },
        access: signedIn({ programs: true }),
        streams: { contentType: 'text/event-stream', live: true },
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/events`),
);
