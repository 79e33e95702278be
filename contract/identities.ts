import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, Instant, shown } from './kit/scalars.ts';

export const exampleIdentity = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a17',
  provider: 'google',
  email: 'ada@example.com',
  createdAt: '2026-11-21T12:00:00.000Z',
  lastUsedAt: '2026-11-21T12:00:00.000Z',
  needsReauthentication: false,
};

export const Identity = z
  .object({
    id: Id,
    provider: shown({ max: 32 }).describe('As `GET /auth/providers` names it.'),
    email: shown({ max: 320 })
      .nullable()
      .describe('The address at the provider when it was linked; null: it told none.'),
    createdAt: Instant,
    lastUsedAt: Instant.nullable().describe('When it signed in last.'),
    needsReauthentication: z
      .boolean()
      .describe('The provider does not know us for this person any more; a sign-in with it heals.'),
  })
  .meta({
    id: 'Identity',
    description: 'Who the account is at an identity provider, and signs in by.',
    examples: [exampleIdentity],
  });
export type Identity = z.infer<typeof Identity>;

export const Identities = z.object({ items: z.array(Identity).max(50) }).meta({
  id: 'Identities',
  description: 'The identities of the account, the oldest first.',
  examples: [{ items: [exampleIdentity] }],
});

export const identities = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the own identities',
      description: 'Every identity at a provider that signs in to the account.',
      responses: { 200: Identities },
      metadata: {
        graphql: { field: 'identities' },
        access: signedIn({ beforeSecondFactor: true }),
      },
    },
    unlink: {
      method: 'DELETE',
      path: '/:identityId',
      summary: 'Unlink an identity',
      description:
        'It signs in to the account no more. The last way to sign in stays. The owner is told by mail.',
      pathParams: z.object({ identityId: Id }),
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'unlinkIdentity' },
        access: signedIn({ recentLogin: true, exact: true }),
        problems: ['last_sign_in_method'],
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/identities`),
);
