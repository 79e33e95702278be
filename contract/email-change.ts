import * as z from 'zod';
import { anyone, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Email, LinkToken, shown } from './kit/scalars.ts';

const exampleToken = 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E';

export const EmailChange = z.strictObject({ email: Email }).meta({
  id: 'EmailChange',
  description: 'The new address.',
  examples: [{ email: 'ada.king@example.com' }],
});
export type EmailChange = z.output<typeof EmailChange>;

const message = 'The address changes when it is proven: a mail is on its way to it.';

export const EmailChangeRequested = z.object({ message: shown({ max: 200 }) }).meta({
  id: 'EmailChangeRequested',
  description: 'The same answer for every address.',
  examples: [{ message }],
});

/** What every request answers. */
export const emailChangeRequested = { message };

export const EmailProof = z.strictObject({ token: LinkToken }).meta({
  id: 'EmailProof',
  description: 'The token of the mail.',
  examples: [{ token: exampleToken }],
});
export type EmailProof = z.output<typeof EmailProof>;

export const emailChange = c.router(
  {
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask to change the own e-mail address',
      description:
        'Sends a link to the new address; the old one stays until it is used. The answer is the same whether or not the address belongs to an account: its owner is told by mail. A later request replaces this one.',
      body: EmailChange,
      responses: { 202: EmailChangeRequested },
      metadata: {
        access: signedIn({ recentLogin: true, exact: true }),
        idempotency: 'none',
        limit: 'credentials',
        safety: true,
      },
    },
    confirm: {
      method: 'POST',
      path: '/confirm',
      summary: 'Prove the new e-mail address',
      description:
        'Takes the token of the mail to the new address, which is the account’s from now on. Every session but the one that asked ends. The old address is told, and can take the change back.',
      body: EmailProof,
      responses: { 204: c.noBody() },
      metadata: {
        access: anyone,
        problems: ['invalid_link', 'email_taken'],
        limit: 'credentials',
        safety: true,
      },
    },
    revert: {
      method: 'POST',
      path: '/revert',
      summary: 'Take a change of the e-mail address back',
      description:
        'Takes the token of the mail to the old address, which is the account’s again, and proven. Every session ends, every other link and the password work no more, and a link to set a new one is sent there.',
      body: EmailProof,
      responses: { 204: c.noBody() },
      metadata: {
        access: anyone,
        problems: ['invalid_link', 'email_taken'],
        limit: 'credentials',
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/email-change`),
);
