import * as z from 'zod';
import { anyone } from './kit/access.ts';
import type { Endpoints } from './kit/api.ts';

export const SignInOptions = z
  .object({
    signUp: z
      .enum(['open', 'invite', 'closed'])
      .describe('Who may begin an account: anybody, whoever was invited, or nobody.'),
    requiresVerifiedEmail: z
      .boolean()
      .describe('Whether nobody signs in before the e-mail address is proven.'),
    hasMagicLink: z.boolean().describe('Whether a link in a mail signs in.'),
    passwordMinLength: z.int().min(8).max(128).describe('In characters.'),
  })
  .meta({
    id: 'SignInOptions',
    description: 'What a page for signing in and up has to know of this service.',
    examples: [
      {
        signUp: 'open',
        requiresVerifiedEmail: false,
        hasMagicLink: true,
        passwordMinLength: 12,
      },
    ],
  });
export type SignInOptions = z.infer<typeof SignInOptions>;

/** A part of `auth`. */
export const signInOptions = {
  options: {
    method: 'GET',
    path: '/options',
    summary: 'Get the ways to sign in',
    description:
      'What a page for signing in and up has to know before anybody is signed in. Passwords and passkeys are always offered; identity providers are listed by `oidc.providers`.',
    responses: { 200: SignInOptions },
    metadata: {
      graphql: { field: 'signInOptions' },
      access: anyone,
      cache: { by: 'anybody', seconds: 60 },
    },
  },
} as const satisfies Endpoints;
