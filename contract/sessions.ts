import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, Instant, shown } from './kit/scalars.ts';

export const exampleSession = {
  id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
  userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  kind: 'tokens',
  createdAt: '2026-11-21T12:00:00.000Z',
  authenticatedAt: '2026-11-21T12:00:00.000Z',
  lastSeenAt: '2026-11-21T12:00:00.000Z',
  idleExpiresAt: '2026-11-28T12:00:00.000Z',
  expiresAt: '2026-12-21T12:00:00.000Z',
  methods: ['pwd'],
  userAgent: 'Mozilla/5.0',
  address: '203.0.113.7',
  isImpersonation: false,
};

export const Session = z
  .object({
    id: Id,
    userId: Id.describe('Whose it is.'),
    kind: z.enum(['cookie', 'tokens']).describe('How the caller holds it.'),
    createdAt: Instant,
    authenticatedAt: Instant.describe('When the person last proved who they are.'),
    lastSeenAt: Instant,
    idleExpiresAt: Instant.describe('When it ends unless it is used before.'),
    expiresAt: Instant.describe('When it ends in any case.'),
    methods: z
      .array(shown({ max: 20 }))
      .max(10)
      .describe('How the person signed in (RFC 8176), as `pwd`.'),
    userAgent: shown({ max: 512 }).nullable(),
    // The longest IPv6 address in text, with an embedded IPv4 address.
    address: shown({ max: 45 }).nullable(),
    isImpersonation: z
      .boolean()
      .describe('Whether somebody else acts as the account; then it does not tell from where.'),
  })
  .meta({
    id: 'Session',
    description: 'A sign-in on one device. Its id is public; its secret never is.',
    examples: [exampleSession],
  });
export type Session = z.infer<typeof Session>;

export const OwnSession = Session.extend({
  isCurrent: z.boolean().describe('Whether it is the session of this request.'),
}).meta({
  id: 'OwnSession',
  description: 'One of the own sign-ins.',
  examples: [{ ...exampleSession, isCurrent: true }],
});

export const OwnSessions = z.object({ items: z.array(OwnSession).max(200) }).meta({
  id: 'OwnSessions',
  description: 'Where the account is signed in, the session used last first.',
  examples: [{ items: OwnSession.meta()?.examples }],
});

export const SessionsEnded = z
  .object({ ended: z.int().min(0).describe('How many sessions were ended.') })
  .meta({ id: 'SessionsEnded', description: 'Sessions were ended.', examples: [{ ended: 2 }] });

const SessionPath = z.object({ sessionId: Id });

export const sessions = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the own sessions',
      description: 'Every device on which the account is signed in, with its last use.',
      responses: { 200: OwnSessions },
      metadata: { graphql: { field: 'sessions' }, access: signedIn() },
    },
    end: {
      method: 'DELETE',
      path: '/:sessionId',
      summary: 'End one of the own sessions',
      description:
        'Its cookie and its tokens stop working on every server. Where it is the session of this request, in a browser, the cookie is taken away, too.',
      pathParams: SessionPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'endSession' },
        access: signedIn({ exact: true, inPerson: true }),
        sends: ['Set-Cookie'],
        safety: true,
      },
    },
    endOthers: {
      method: 'POST',
      path: '/end-others',
      summary: 'End the other own sessions',
      description: 'Ends every session of the account but the one of this request.',
      body: c.noBody(),
      responses: { 200: SessionsEnded },
      metadata: {
        graphql: { field: 'endOtherSessions' },
        access: signedIn({ exact: true, inPerson: true }),
        idempotency: 'none',
        safety: true,
      },
    },
    endAll: {
      method: 'POST',
      path: '/end-all',
      summary: 'End all own sessions',
      description:
        'Ends every session of the account, the one of this request included; a browser loses its cookie.',
      body: c.noBody(),
      responses: { 200: SessionsEnded },
      metadata: {
        graphql: { field: 'endAllSessions' },
        access: signedIn({ exact: true, inPerson: true }),
        idempotency: 'none',
        credentials: 'forget',
        sends: ['Set-Cookie'],
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/sessions`),
);
