import * as z from 'zod';
import { anyone, anyoneKnown } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Email, LinkToken, NewPassword, shown, Username } from './kit/scalars.ts';

export const LinkRequest = z.strictObject({ email: Email }).meta({
  id: 'LinkRequest',
  description: 'The address to write to.',
  examples: [{ email: 'ada@example.com' }],
});
export type LinkRequest = z.output<typeof LinkRequest>;

const message = 'If the address belongs to an account, a mail is on its way.';

export const LinkRequested = z.object({ message: shown({ max: 200 }) }).meta({
  id: 'LinkRequested',
  description: 'The same answer for every address.',
  examples: [{ message }],
});

/** What every request for a link answers. */
export const linkRequested = { message };

export const Verification = z
  .strictObject({
    token: LinkToken,
    password: NewPassword.optional().describe(
      'The password from now on: the one of the sign-up, or a new one. Needed unless the account has none, or is the one that is signed in.',
    ),
    username: Username.optional().describe(
      'Another username, where that of a private sign-up was taken meanwhile.',
    ),
  })
  .meta({
    id: 'Verification',
    description: 'The proof of an address.',
    examples: [
      {
        token: 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E',
        password: 'correct horse battery staple',
      },
    ],
  });
export type Verification = z.output<typeof Verification>;

export const verification = c.router(
  {
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask for a verification mail',
      description:
        'Sends the link that proves an address once more. The answer is the same for every address, in the same time.',
      body: LinkRequest,
      responses: { 202: LinkRequested },
      metadata: { access: anyone, limit: 'credentials' },
    },
    confirm: {
      method: 'POST',
      path: '/confirm',
      summary: 'Prove an e-mail address',
      description:
        'Takes the token of a verification mail. Whoever owns the mailbox owns the account: unless they are signed in to it, what was set before (sessions, factors, the password unless it is the one they give) is gone. A private sign-up becomes an account.',
      body: Verification,
      responses: { 204: c.noBody() },
      metadata: {
        access: anyoneKnown,
        problems: ['invalid_link', 'email_taken', 'username_taken'],
        limit: 'credentials',
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/verification`),
);
