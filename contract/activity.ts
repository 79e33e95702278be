import * as z from 'zod';
import { AuditEntry } from './audit.ts';
import { listQuery } from './kit/lists.ts';
import { queryInstant } from './kit/scalars.ts';

const { id, at, operation, origin, result, reason, sessionId, targetType, targetId } =
  AuditEntry.shape;
const { changed, address, userAgent } = AuditEntry.shape;

/** An audit entry as the person sees it whom it is about: without who anybody else is. */
export const Activity = z
  .object({
    id,
    at,
    operation,
    origin,
    result,
    by: z
      .enum(['self', 'other', 'anonymous', 'system'])
      .describe(
        'Who did it: the caller, somebody else who was signed in, somebody who was not, or the service itself.',
      ),
    reason: reason.describe('Why it was denied or done; null where somebody else did it.'),
    sessionId: sessionId.describe('The sign-in that the caller did it with.'),
    targetType,
    targetId,
    changed,
    address: address.describe('Null where somebody else did it, and once it was cleared.'),
    userAgent: userAgent.describe('Null where somebody else did it, and once it was cleared.'),
  })
  .meta({
    id: 'Activity',
    description: 'One thing that the caller did, or that happened to the account.',
    examples: [
      {
        id: '01994c1e-7f31-7b52-8a3c-91d5c7e4b002',
        at: '2026-11-21T12:00:00.000Z',
        operation: 'usersUpdate',
        origin: 'http',
        result: 'done',
        by: 'other',
        reason: null,
        sessionId: null,
        targetType: 'user',
        targetId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
        changed: ['email'],
        address: null,
        userAgent: null,
      },
    ],
  });
export type Activity = z.infer<typeof Activity>;

export const ActivityQuery = listQuery({
  sort: ['at'],
  filters: {
    from: queryInstant('At this instant or later.').optional(),
    before: queryInstant('Before this instant.').optional(),
  },
});
export type ActivityQuery = z.output<typeof ActivityQuery>;
