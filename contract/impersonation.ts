import * as z from 'zod';
import { SignedIn } from './auth.ts';
import { requires, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, text } from './kit/scalars.ts';

export const NewImpersonation = z
  .strictObject({
    reason: text({
      max: 100,
      description:
        'What it is for, as the number of a ticket. The audit keeps it, and the person reads it.',
    }),
  })
  .meta({
    id: 'NewImpersonation',
    description: 'Why somebody acts as another account.',
    examples: [{ reason: 'Ticket 4711' }],
  });
export type NewImpersonation = z.output<typeof NewImpersonation>;

export const impersonation = c.router(
  {
    start: {
      method: 'POST',
      path: '/:userId',
      summary: 'Act as another account',
      description:
        'Begins a session in which the caller acts as the account, delivered as the own one is. It ends by itself after a quarter of an hour (`IMPERSONATION_MINUTES`), and with the own session; it may do what both may, and nothing that only the person should (`x-in-person`). Nobody acts as an account with more rights than their own. The audit names both, and the person is told by mail.',
      pathParams: z.object({ userId: Id }),
      body: NewImpersonation,
      responses: { 200: SignedIn },
      metadata: {
        access: requires('users:impersonate', { exact: true, recentLogin: true }),
        idempotency: 'none',
        problems: ['own_account_protected', 'account_inactive'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        safety: true,
        compliance: true,
      },
    },
    end: {
      method: 'DELETE',
      path: '',
      summary: 'Act as oneself again',
      description:
        'Ends the session of this request, and hands out the own one from which it was begun: by cookie or tokens, as it was. It is no more recent than it was.',
      responses: { 200: SignedIn },
      metadata: {
        access: signedIn({ exact: true }),
        problems: ['not_impersonating'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/impersonation`),
);
