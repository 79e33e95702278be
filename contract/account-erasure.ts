import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Instant } from './kit/scalars.ts';

export const AccountErasure = z
  .object({
    requestedAt: Instant.nullable().describe('null: nobody asked for it.'),
    erasesAt: Instant.nullable().describe('Until then it can be cancelled.'),
  })
  .meta({
    id: 'AccountErasure',
    description: 'Whether and when the own account is erased.',
    examples: [{ requestedAt: '2026-11-21T12:00:00.000Z', erasesAt: '2026-12-21T12:00:00.000Z' }],
  });
export type AccountErasure = z.infer<typeof AccountErasure>;

export const accountErasure = c.router(
  {
    get: {
      method: 'GET',
      path: '',
      summary: 'See whether the own account is erased',
      description: 'Answers the date, where the erasure was asked for.',
      responses: { 200: AccountErasure },
      metadata: { access: signedIn() },
    },
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask for the erasure of the own account',
      description:
        'Everything about the account is erased when the time of grace is over. Every other session ends now; until then the account can sign in, and cancel. Asking again changes nothing.',
      body: c.noBody(),
      responses: { 202: AccountErasure },
      metadata: {
        access: signedIn({ recentLogin: true, exact: true }),
        idempotency: 'none',
        problems: ['last_administrator'],
        safety: true,
        compliance: true,
      },
    },
    cancel: {
      method: 'DELETE',
      path: '',
      summary: 'Keep the own account',
      description: 'Cancels the erasure. Where none was asked for, nothing changes.',
      responses: { 204: c.noBody() },
      metadata: {
        access: signedIn({ exact: true, inPerson: true }),
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/account-erasure`),
);
