import * as z from 'zod';
import { anyone } from './kit/access.ts';
import type { Endpoints } from './kit/api.ts';
import { shown } from './kit/scalars.ts';
import { service } from './service.ts';

/** RFC 6749, 3.2: what is sent without a value counts as left out. */
function given(maxLength: number, wire: Record<string, unknown>) {
  return z
    .string()
    .max(maxLength)
    .transform((text) => text || undefined)
    .optional()
    .meta({ wire: { type: 'string', maxLength, ...wire } });
}

const exampleClient = '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01';

/** Parameters that nobody here knows are ignored, as RFC 6749 asks for (3.2). */
export const TokenRequest = z
  .object({
    grant_type: z
      .string()
      .min(1)
      .max(200)
      .meta({
        wire: {
          type: 'string',
          enum: ['client_credentials'],
          description: 'The only grant there is.',
        },
      }),
    scope: given(2000, {
      description: 'Permissions, separated by spaces; those of the key when left out.',
    }),
    client_id: given(100, {
      description: 'The id of the service account, where `Authorization: Basic` does not say it.',
    }),
    client_secret: given(200, {
      format: 'password',
      description: 'One of its API keys, where `Authorization: Basic` does not say it.',
    }),
  })
  .meta({
    id: 'TokenRequest',
    description: 'Who asks for a token, and for what.',
    examples: [
      {
        grant_type: 'client_credentials',
        scope: 'users:read',
        client_id: exampleClient,
        client_secret: `${service.keyPrefix}_01994c1e8a107d3cb0f12c4d6e8f0e01_Qm7c2VQ0sJ4kXo1nZtYw9aRbE5uHgLdPfCiKxWvTyN30AbCdE`,
      },
    ],
  });
export type TokenRequest = z.output<typeof TokenRequest>;

export const IssuedToken = z
  .object({
    access_token: z
      .string()
      .max(8192)
      .describe('Send it as `Authorization: Bearer …`. A JWT after RFC 9068.'),
    token_type: z.literal('Bearer'),
    expires_in: z.int().min(0).describe('Its life in seconds.'),
    scope: shown({ max: 2000 }).describe(
      'What it is good for, as far as the service account may do it at that moment.',
    ),
  })
  .meta({
    id: 'IssuedToken',
    description: 'An access token of a service account. There is nothing to refresh: ask again.',
    examples: [
      {
        access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'users:read',
      },
    ],
  });
export type IssuedToken = z.infer<typeof IssuedToken>;

/** Unknown parameters are ignored here as well, and so is a hint that says nothing to us (RFC 7009, 2.1). */
export const TokenToRevoke = z
  .object({
    token: z.string().min(1).max(8192).describe('An access or a refresh token.'),
    token_type_hint: z
      .string()
      .max(200)
      .optional()
      .meta({
        wire: {
          type: 'string',
          enum: ['access_token', 'refresh_token'],
          description: 'Not needed: both kinds are recognised.',
        },
      }),
  })
  .meta({
    id: 'TokenToRevoke',
    description: 'The token that shall end.',
    examples: [{ token: 'AZlMHnoAfRCKOSt8tqTAAQ.1.qv0oWgP1' }],
  });

export const Revoked = z
  .object({})
  .meta({ id: 'Revoked', description: 'The token does not work, or never did.', examples: [{}] });

const form = 'application/x-www-form-urlencoded';

/** Endpoints of `auth` that follow OAuth, for its libraries: forms, and names with underscores. */
export const oauth = {
  token: {
    method: 'POST',
    path: '/token',
    contentType: form,
    summary: 'Get a token for a program',
    description:
      'The client credentials grant (RFC 6749, 4.4). The client is a service account, and its secret one of its API keys: in the form, or by `Authorization: Basic`. The token opens what the key opens, and ends with it. Refusals are those of RFC 6749.',
    body: TokenRequest,
    responses: { 200: IssuedToken },
    metadata: {
      access: anyone,
      problems: [
        'invalid_client',
        'unauthorized_client',
        'unsupported_grant_type',
        'invalid_scope',
      ],
      errors: 'oauth',
      limit: 'credentials',
    },
  },
  revoke: {
    method: 'POST',
    path: '/revoke',
    contentType: form,
    summary: 'Revoke a token',
    description:
      'Ends the session of an access or a refresh token, and of a program the one token, after RFC 7009: form-encoded, and 200 whatever the token is.',
    body: TokenToRevoke,
    responses: { 200: Revoked },
    metadata: { access: anyone, limit: 'credentials' },
  },
} as const satisfies Endpoints;
