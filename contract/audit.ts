import * as z from 'zod';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { streamed } from './kit/facets/streams.ts';
import { listQuery, pageOf } from './kit/lists.ts';
import { Id, Instant, queryBoolean, queryInstant, shown } from './kit/scalars.ts';

const exampleEntry = {
  id: '01994c1e-7f31-7b52-8a3c-91d5c7e4b002',
  at: '2026-11-21T12:00:00.000Z',
  operation: 'usersCreate',
  origin: 'http',
  result: 'done',
  reason: null,
  actor: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  actingFor: null,
  sessionId: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
  targetType: 'user',
  targetId: '01994c1e-7f30-7a11-9c4d-0a1b2c3d4e5f',
  changed: ['email', 'username'],
  safety: false,
  compliance: true,
  requestId: '01994c1e-7f2f-7c01-b1a2-c3d4e5f60718',
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
};

export const AuditEntry = z
  .object({
    id: Id,
    at: Instant,
    operation: shown({ max: 100 }).describe('The operation id, or the command that acted.'),
    origin: z
      .enum(['http', 'page', 'graphql', 'command', 'job'])
      .describe('The way in that the call took; `page` is a page of this service.'),
    result: z.enum(['done', 'denied']),
    reason: shown({ max: 100 })
      .nullable()
      .describe(
        'Why it was denied: a problem code or a rule; or what somebody says that it was done for.',
      ),
    actor: shown({ max: 100 }).describe(
      'Who really acted: the account, `anonymous`, or `system:` and the reason.',
    ),
    actingFor: Id.nullable().describe('The account that was acted as, while it was impersonated.'),
    sessionId: Id.nullable(),
    targetType: shown({ max: 50, pattern: '^[a-z][a-z_]*$' })
      .nullable()
      .describe('What it was done to, such as `user` or `role`: every noun names its own.'),
    targetId: Id.nullable(),
    changed: z
      .array(shown({ max: 100 }))
      .max(100)
      .describe('The fields that were set, not their values.'),
    safety: z.boolean().describe('It changes what keeps intruders out (`x-safety`).'),
    compliance: z
      .boolean()
      .describe('Somebody may have to show that it was done, or by whom (`x-compliance`).'),
    requestId: shown({ max: 128 }).nullable(),
    address: shown({ max: 45 }).nullable().describe('Cleared by erasure and retention.'),
    userAgent: shown({ max: 512 }).nullable().describe('Cleared by erasure and retention.'),
  })
  .meta({
    id: 'AuditEntry',
    description: 'One thing that was done or denied. Entries are never changed.',
    examples: [exampleEntry],
  });
export type AuditEntry = z.infer<typeof AuditEntry>;

const filters = {
  actor: shown({ max: 100 }).min(1).describe('Only what this actor did.').optional(),
  actingFor: Id.describe('Only what was done as this account by somebody else.').optional(),
  targetType: z
    .string()
    .max(50)
    .regex(/^[a-z][a-z_]*$/)
    .describe('Only what was done to things of this type.')
    .optional(),
  targetId: Id.describe('Only what was done to this.').optional(),
  operation: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[A-Za-z:. -]+$/)
    .describe('Only this operation.')
    .optional(),
  result: z.enum(['done', 'denied']).describe('Only done, or only denied.').optional(),
  safety: queryBoolean({ description: 'Only what is marked so, or only the rest.' }).optional(),
  compliance: queryBoolean({
    description: 'Only what is marked so, or only the rest.',
  }).optional(),
  from: queryInstant('At this instant or later.').optional(),
  before: queryInstant('Before this instant.').optional(),
};

export const AuditQuery = listQuery({ sort: ['at'], filters });
export type AuditQuery = z.output<typeof AuditQuery>;

export const ExportQuery = z.strictObject({
  format: z
    .enum(['csv', 'ndjson'])
    .describe(
      'CSV (RFC 4180) with a line of names, which is usual, or a line of JSON for each entry.',
    )
    .optional(),
  ...filters,
});
export type ExportQuery = z.output<typeof ExportQuery>;

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

export const audit = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the audit entries',
      description:
        'Pages through what was done and denied, the newest first unless asked otherwise.',
      query: AuditQuery,
      responses: { 200: pageOf(AuditEntry, 'AuditPage') },
      metadata: {
        graphql: { field: 'auditEntries' },
        access: requires('audit:read'),
        staleness: 'bounded',
        compliance: true,
      },
    },
    export: {
      method: 'GET',
      path: '/export',
      summary: 'Export the audit entries',
      description:
        'Streams all that fit, the oldest first, as they were when it was asked for. Text that a spreadsheet would take for a formula has an apostrophe in front (CSV). Takes a recent sign-in, and leaves an entry itself.',
      query: ExportQuery,
      responses: { 200: streamed('A line for each entry.') },
      metadata: {
        access: requires('audit:read', { recentLogin: true }),
        streams: { contentType: ['text/csv', 'application/x-ndjson'] },
        limit: 'write',
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/audit`),
);
