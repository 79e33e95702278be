import * as z from 'zod';
import { anyone, requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, LinkToken, NewPassword } from './kit/scalars.ts';
import { LinkRequest, LinkRequested } from './verification.ts';

export const PasswordReset = z.strictObject({ token: LinkToken, newPassword: NewPassword }).meta({
  id: 'PasswordReset',
  description: 'The token of the mail, and the new password.',
  examples: [
    {
      token: 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E',
      newPassword: 'a quiet river at dawn',
    },
  ],
});
export type PasswordReset = z.output<typeof PasswordReset>;

export const passwordReset = c.router(
  {
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask for a link to set a new password',
      description:
        'Sends a link to the address, if it belongs to an account that may sign in. The answer is the same for every address, in the same time.',
      body: LinkRequest,
      responses: { 202: LinkRequested },
      metadata: { access: anyone, limit: 'credentials' },
    },
    confirm: {
      method: 'POST',
      path: '/confirm',
      summary: 'Set a new password by link',
      description:
        'Sets the password and ends every session of the account. It also proves the address. Second factors stay, and are asked for at the next sign-in.',
      body: PasswordReset,
      responses: { 204: c.noBody() },
      metadata: { access: anyone, problems: ['invalid_link'], limit: 'credentials', safety: true },
    },
    send: {
      method: 'POST',
      path: '/:userId',
      summary: 'Send somebody a link to set a new password',
      description:
        'Sends the link to the address of the account. Until it is used, nothing changes: no administrator chooses or learns a password.',
      pathParams: z.object({ userId: Id }),
      body: c.noBody(),
      responses: { 204: c.noBody() },
      metadata: {
        access: requires('users:manage', { exact: true, recentLogin: true }),
        idempotency: 'replays',
        problems: ['account_inactive'],
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/password-reset`),
);
