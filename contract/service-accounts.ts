import * as z from 'zod';
import { ApiKeyCreated, ApiKeyRotation, ApiKeys, NewApiKey } from './api-keys.ts';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { listQuery, pageOf } from './kit/lists.ts';
import { Id, Instant, queryBoolean, shown, text } from './kit/scalars.ts';
import { RoleName } from './roles.ts';

const exampleServiceAccount = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01',
  name: 'nightly-report',
  description: 'Counts the accounts every night.',
  isActive: true,
  roles: ['member'],
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const ServiceAccount = z
  .object({
    id: Id.describe('A UUID. It is the `client_id` of the client credentials grant, too.'),
    name: shown({ max: 64 }),
    description: shown({ max: 500 }).nullable(),
    isActive: z.boolean().describe('Whether its keys and tokens work.'),
    roles: z.array(RoleName).max(50).describe('Names of its roles, sorted.'),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({
    id: 'ServiceAccount',
    description: 'An account of a program. Nobody signs in to it.',
    examples: [exampleServiceAccount],
  });
export type ServiceAccount = z.infer<typeof ServiceAccount>;

const Name = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9-]{1,63}$/, 'Use 2 to 64 of a-z, 0-9 and hyphen; begin with a letter')
  .meta({ description: 'No two have the same.', examples: ['nightly-report'] });
const Description = text({ max: 500, description: 'What it is for.' });
const Roles = z.array(RoleName).max(50);

export const NewServiceAccount = z
  .strictObject({
    name: Name,
    description: Description.nullable().optional(),
    roles: Roles.optional().describe('None when left out.'),
  })
  .meta({
    id: 'NewServiceAccount',
    description: 'A service account to create.',
    examples: [{ name: 'nightly-report' }],
  });
export type NewServiceAccount = z.output<typeof NewServiceAccount>;

export const ServiceAccountChanges = z
  .strictObject({
    name: Name.optional(),
    description: Description.nullable().optional().describe('null clears it.'),
    isActive: z.boolean().optional().describe('false: its keys and tokens rest.'),
    roles: Roles.optional().describe('Replaces the roles; an empty list takes all.'),
  })
  .meta({
    id: 'ServiceAccountChanges',
    description: 'What to change; what is left out stays.',
    examples: [{ description: 'Counts the accounts every night.' }],
  });
export type ServiceAccountChanges = z.output<typeof ServiceAccountChanges>;

export const ServiceAccountQuery = listQuery({
  sort: ['name', 'createdAt'],
  filters: {
    isActive: queryBoolean({ description: 'Only active, or only deactivated ones.' }).optional(),
  },
});
export type ServiceAccountQuery = z.output<typeof ServiceAccountQuery>;

const ServiceAccountPath = z.object({ serviceAccountId: Id });
const KeyPath = z.object({ serviceAccountId: Id, keyId: Id });

const permission = 'service-accounts:manage';
const managers = requires(permission);
const changing = requires(permission, { exact: true });
const making = requires(permission, { exact: true, recentLogin: true });

export const serviceAccounts = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List service accounts',
      description: 'Pages through the service accounts.',
      query: ServiceAccountQuery,
      responses: { 200: pageOf(ServiceAccount, 'ServiceAccountPage') },
      metadata: { graphql: { field: 'serviceAccounts' }, access: managers },
    },
    get: {
      method: 'GET',
      path: '/:serviceAccountId',
      summary: 'Get a service account',
      description: 'Answers one service account.',
      pathParams: ServiceAccountPath,
      responses: { 200: ServiceAccount },
      metadata: { graphql: { field: 'serviceAccount' }, access: managers, conditional: true },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create a service account',
      description:
        'Creates an account for a program. Nobody can give a role that grants more than they hold, and naming roles takes a recent sign-in.',
      body: NewServiceAccount,
      responses: { 201: ServiceAccount },
      metadata: {
        graphql: { field: 'createServiceAccount' },
        access: changing,
        problems: ['service_account_name_taken', 'reauthentication_required'],
        safety: true,
      },
    },
    update: {
      method: 'PATCH',
      path: '/:serviceAccountId',
      summary: 'Change a service account',
      description:
        'Changes what is sent and leaves the rest. `isActive: false` stops its keys and tokens at once. Nobody gives more than they hold, and no service account changes itself.',
      pathParams: ServiceAccountPath,
      body: ServiceAccountChanges,
      responses: { 200: ServiceAccount },
      metadata: {
        graphql: { field: 'updateServiceAccount' },
        access: changing,
        conditional: true,
        problems: [
          'service_account_name_taken',
          'own_account_protected',
          'reauthentication_required',
        ],
        safety: true,
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:serviceAccountId',
      summary: 'Remove a service account',
      description: 'It is gone for good, with its keys. The audit keeps its id.',
      pathParams: ServiceAccountPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removeServiceAccount' },
        access: changing,
        conditional: true,
        problems: ['own_account_protected'],
        safety: true,
      },
    },
    listKeys: {
      method: 'GET',
      path: '/:serviceAccountId/api-keys',
      summary: 'List the API keys of a service account',
      description: 'Its API keys with their last use, the newest first.',
      pathParams: ServiceAccountPath,
      responses: { 200: ApiKeys },
      metadata: { graphql: { field: 'serviceAccountKeys' }, access: managers },
    },
    createKey: {
      method: 'POST',
      path: '/:serviceAccountId/api-keys',
      summary: 'Create an API key for a service account',
      description:
        'Makes a key that acts as the service account, within the scopes. Nobody gives a scope that they do not hold. The key is shown in this answer only; it is the `client_secret` of the client credentials grant, too.',
      pathParams: ServiceAccountPath,
      body: NewApiKey,
      responses: { 200: ApiKeyCreated },
      metadata: {
        graphql: { field: 'createServiceAccountKey' },
        access: making,
        idempotency: 'once',
        problems: ['too_many_api_keys'],
        safety: true,
      },
    },
    rotateKey: {
      method: 'POST',
      path: '/:serviceAccountId/api-keys/:keyId/rotate',
      summary: 'Rotate an API key of a service account',
      description:
        'Makes another key of the same name and scopes. The old one works on for the overlap.',
      pathParams: KeyPath,
      body: ApiKeyRotation,
      responses: { 200: ApiKeyCreated },
      metadata: {
        graphql: { field: 'rotateServiceAccountKey' },
        access: making,
        idempotency: 'once',
        problems: ['too_many_api_keys', 'api_key_ended'],
        safety: true,
      },
    },
    revokeKey: {
      method: 'DELETE',
      path: '/:serviceAccountId/api-keys/:keyId',
      summary: 'Revoke an API key of a service account',
      description: 'It stops working on every server. Revoking twice is revoking once.',
      pathParams: KeyPath,
      responses: { 204: c.noBody() },
      metadata: { graphql: { field: 'revokeServiceAccountKey' }, access: changing, safety: true },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/service-accounts`),
);
