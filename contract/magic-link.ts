import * as z from 'zod';
import { bothDeliveries, Delivery, SecondFactorNeeded, SignedIn } from './auth.ts';
import { anyone } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { LinkToken } from './kit/scalars.ts';
import { LinkRequest, LinkRequested } from './verification.ts';

export const LinkSignIn = z.strictObject({ token: LinkToken, delivery: Delivery }).meta({
  id: 'LinkSignIn',
  description: 'The token of the mail, and how the session is delivered.',
  ...bothDeliveries({ token: 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E' }),
});
export type LinkSignIn = z.output<typeof LinkSignIn>;

export const magicLink = c.router(
  {
    request: {
      method: 'POST',
      path: '',
      summary: 'Ask for a link to sign in',
      description:
        'Sends a link that signs in without a password, where this service offers it (`MAGIC_LINK`). The answer is the same for every address, in the same time.',
      body: LinkRequest,
      responses: { 202: LinkRequested },
      metadata: { access: anyone, problems: ['sign_in_method_off'], limit: 'credentials' },
    },
    confirm: {
      method: 'POST',
      path: '/confirm',
      summary: 'Sign in by link',
      description:
        'Starts a session with the token of the mail, or asks for the second factor first (202). It also proves the address.',
      body: LinkSignIn,
      responses: { 200: SignedIn, 202: SecondFactorNeeded },
      metadata: {
        access: anyone,
        problems: ['sign_in_method_off', 'invalid_link', 'account_disabled'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/magic-link`),
);
