import * as z from 'zod';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { batchOf, keyList, listQuery, maxKeys, pageOf } from './kit/lists.ts';
import { PermissionName } from './kit/permission-name.ts';
import { Id, Instant, shown, text } from './kit/scalars.ts';

export const RoleName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9-]{1,63}$/, 'Use 2 to 64 of a-z, 0-9 and hyphen; begin with a letter')
  .meta({ description: 'The name of a role.', examples: ['member'] });

const RoleDescription = text({ max: 500, description: 'What the role is for.' });

const RequiresSecondFactor = z
  .boolean()
  .describe('Accounts with it can do nothing else before they have a second factor.');

const exampleRole = {
  id: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a12',
  name: 'support',
  description: 'Answers questions of customers.',
  permissions: ['users:read'],
  isSystem: false,
  requiresSecondFactor: false,
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const Role = z
  .object({
    id: Id,
    name: shown({ max: 64 }),
    description: shown({ max: 500 }).nullable(),
    permissions: z.array(PermissionName).max(100).describe('What it grants, sorted.'),
    isSystem: z.boolean().describe('System roles keep their name and stay.'),
    requiresSecondFactor: RequiresSecondFactor,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({
    id: 'Role',
    description: 'A named set of permissions that accounts can have.',
    examples: [exampleRole],
  });
export type Role = z.infer<typeof Role>;

export const NewRole = z
  .strictObject({
    name: RoleName,
    description: RoleDescription.nullable().optional(),
    permissions: z.array(PermissionName).max(100).optional().describe('None when left out.'),
    requiresSecondFactor: RequiresSecondFactor.optional(),
  })
  .meta({
    id: 'NewRole',
    description: 'A role to create.',
    examples: [{ name: 'support', permissions: ['users:read'] }],
  });
export type NewRole = z.output<typeof NewRole>;

export const RoleChanges = z
  .strictObject({
    name: RoleName.optional(),
    description: RoleDescription.nullable().optional().describe('null clears it.'),
    requiresSecondFactor: RequiresSecondFactor.optional(),
  })
  .meta({
    id: 'RoleChanges',
    description: 'What to change; what is left out stays.',
    examples: [{ description: 'Answers questions of customers.' }],
  });
export type RoleChanges = z.output<typeof RoleChanges>;

const RolePath = z.object({ roleId: Id });
const GrantPath = z.object({ roleId: Id, permission: PermissionName.describe('The permission.') });

/** Changing who may do what is asked of the database, and of somebody who signed in just now. */
const manage = requires('roles:manage', { recentLogin: true, exact: true });

export const RoleQuery = listQuery({ sort: ['name', 'createdAt'], filters: {} });
export type RoleQuery = z.output<typeof RoleQuery>;

export const roles = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List roles',
      description: 'Pages through the roles with what each grants.',
      query: RoleQuery,
      responses: { 200: pageOf(Role, 'RolePage') },
      metadata: { graphql: { field: 'roles' }, access: requires('roles:read') },
    },
    byNames: {
      method: 'GET',
      path: '/by-names',
      summary: 'Get roles by their names',
      description: 'Answers up to 200 roles at once. What there is not is left out.',
      query: z.strictObject({
        names: keyList(RoleName, {
          maxKeyLength: 64,
          description: 'The names, separated by commas.',
          examples: ['admin,member'],
        }),
      }),
      responses: { 200: batchOf(Role, 'Roles') },
      metadata: {
        access: requires('roles:read'),
        graphql: {
          loads: {
            keys: 'names',
            most: maxKeys,
            by: 'name',
            into: [
              { type: 'User', field: 'roles', from: 'roles' },
              { type: 'Me', field: 'roles', from: 'roles' },
            ],
          },
        },
      },
    },
    get: {
      method: 'GET',
      path: '/:roleId',
      summary: 'Get a role',
      description: 'Answers one role with what it grants.',
      pathParams: RolePath,
      responses: { 200: Role },
      metadata: { graphql: { field: 'role' }, access: requires('roles:read'), conditional: true },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create a role',
      description: 'Creates a role. Nobody can let it grant what they do not hold themselves.',
      body: NewRole,
      responses: { 201: Role },
      metadata: {
        graphql: { field: 'createRole' },
        access: manage,
        problems: ['role_name_taken'],
        safety: true,
        compliance: true,
      },
    },
    update: {
      method: 'PATCH',
      path: '/:roleId',
      summary: 'Change a role',
      description:
        'Changes the name, the description or the need of a second factor of a role that grants nothing beyond what the caller holds. System roles keep their name.',
      pathParams: RolePath,
      body: RoleChanges,
      responses: { 200: Role },
      metadata: {
        graphql: { field: 'updateRole' },
        access: manage,
        conditional: true,
        problems: ['role_name_taken', 'system_role_protected'],
        safety: true,
        compliance: true,
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:roleId',
      summary: 'Remove a role',
      description:
        'Removes the role and takes it from every account. System roles stay, roles of the caller too, and what grants more than the caller holds.',
      pathParams: RolePath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removeRole' },
        access: manage,
        conditional: true,
        problems: ['system_role_protected', 'own_account_protected'],
        safety: true,
        compliance: true,
      },
    },
    grant: {
      method: 'PUT',
      path: '/:roleId/permissions/:permission',
      summary: 'Let a role grant a permission',
      description:
        'Works on the next request of everybody with the role. The caller holds it and whatever else the role grants. Granting twice is once.',
      pathParams: GrantPath,
      body: c.noBody(),
      responses: { 200: Role },
      metadata: {
        graphql: { field: 'grantPermission' },
        access: manage,
        problems: ['system_role_protected'],
        safety: true,
        compliance: true,
      },
    },
    revoke: {
      method: 'DELETE',
      path: '/:roleId/permissions/:permission',
      summary: 'Stop a role from granting a permission',
      description:
        'Works on the next request of everybody with the role. The caller holds whatever it grants. The role `admin` keeps all.',
      pathParams: GrantPath,
      responses: { 200: Role },
      metadata: {
        graphql: { field: 'revokePermission' },
        access: manage,
        problems: ['system_role_protected'],
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/roles`),
);
