import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { PermissionName } from './kit/permission-name.ts';
import { permissionNames } from './kit/permissions.ts';
import { Id, Instant, shown, text } from './kit/scalars.ts';
import { service } from './service.ts';

const Scopes = z
  .array(PermissionName)
  .max(permissionNames.length)
  .describe('What it may do, as far as its owner may do it at that moment.');

const exampleApiKey = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
  name: 'Nightly report',
  scopes: ['users:read' as const],
  createdAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2027-02-19T12:00:00.000Z',
  lastUsedAt: null,
  rotatedAt: null,
  revokedAt: null,
};

export const ApiKey = z
  .object({
    id: Id,
    name: shown({ max: 100 }),
    scopes: Scopes,
    createdAt: Instant,
    expiresAt: Instant.describe('From then on it works no more.'),
    lastUsedAt: Instant.nullable().describe('To the minute or so; null: never.'),
    rotatedAt: Instant.nullable().describe('When another one took its place.'),
    revokedAt: Instant.nullable(),
  })
  .meta({
    id: 'ApiKey',
    description: 'A key for programs. Its secret was shown once.',
    examples: [exampleApiKey],
  });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeys = z.object({ items: z.array(ApiKey).max(200) }).meta({
  id: 'ApiKeys',
  description: 'API keys, the newest first; those that ended stay for a month.',
  examples: [{ items: [exampleApiKey] }],
});

export const ApiKeyCreated = ApiKey.extend({
  key: shown({ max: 200 }).describe('The key itself: shown now, and never again.'),
}).meta({
  id: 'ApiKeyCreated',
  description: 'A new API key, with the key itself.',
  examples: [
    {
      ...exampleApiKey,
      // Its checksum is wrong, under every prefix: whoever looks at it takes the documentation for no leak.
      key: `${service.keyPrefix}_01994c1e8a107d3cb0f12c4d6e8f0e01_Qm7c2VQ0sJ4kXo1nZtYw9aRbE5uHgLdPfCiKxWvTyN30AbCdE`,
    },
  ],
});

const ExpiresInDays = z
  .int()
  .min(1)
  .max(3_650)
  .optional()
  .describe('`API_KEY_DAYS` when left out, and at most `API_KEY_MAX_DAYS` of this service.');

export const NewApiKey = z
  .strictObject({
    name: text({ max: 100, description: 'What it is for.' }),
    scopes: Scopes,
    expiresInDays: ExpiresInDays,
  })
  .meta({
    id: 'NewApiKey',
    description: 'An API key to create.',
    examples: [{ name: 'Nightly report', scopes: ['users:read'] }],
  });
export type NewApiKey = z.output<typeof NewApiKey>;

const weekSeconds = 604_800;

export const ApiKeyRotation = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(weekSeconds)
      .optional()
      .describe('How long the old key works beside the new one; a day when left out.'),
    expiresInDays: ExpiresInDays,
  })
  .meta({
    id: 'ApiKeyRotation',
    description: 'How to rotate.',
    examples: [{ overlapSeconds: 3_600 }],
  });
export type ApiKeyRotation = z.output<typeof ApiKeyRotation>;

const ApiKeyPath = z.object({ keyId: Id });

const making = signedIn({ recentLogin: true, exact: true });

export const apiKeys = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the own API keys',
      description: 'The API keys of the account with their last use, the newest first.',
      responses: { 200: ApiKeys },
      metadata: { graphql: { field: 'apiKeys' }, access: signedIn() },
    },
    get: {
      method: 'GET',
      path: '/:keyId',
      summary: 'Get one of the own API keys',
      description: 'Answers one API key of the account, without its secret.',
      pathParams: ApiKeyPath,
      responses: { 200: ApiKey },
      metadata: { graphql: { field: 'apiKey' }, access: signedIn(), conditional: true },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create an API key',
      description:
        'Makes a key that acts as the account, within the scopes and what the account may do at that moment. It is shown in this answer only.',
      body: NewApiKey,
      responses: { 200: ApiKeyCreated },
      metadata: {
        graphql: { field: 'createApiKey' },
        access: making,
        idempotency: 'once',
        problems: ['permission_denied', 'too_many_api_keys'],
        safety: true,
      },
    },
    rotate: {
      method: 'POST',
      path: '/:keyId/rotate',
      summary: 'Rotate an API key',
      description:
        'Makes another key of the same name and scopes. The old one works on for the overlap, so that programs can change over.',
      pathParams: ApiKeyPath,
      body: ApiKeyRotation,
      responses: { 200: ApiKeyCreated },
      metadata: {
        graphql: { field: 'rotateApiKey' },
        access: making,
        idempotency: 'once',
        problems: ['too_many_api_keys', 'api_key_ended'],
        safety: true,
      },
    },
    revoke: {
      method: 'DELETE',
      path: '/:keyId',
      summary: 'Revoke an API key',
      description: 'It stops working on every server. Revoking twice is revoking once.',
      pathParams: ApiKeyPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'revokeApiKey' },
        access: signedIn({ exact: true, inPerson: true }),
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/api-keys`),
);
