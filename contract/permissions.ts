import * as z from 'zod';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { PermissionName } from './kit/permission-name.ts';
import { permissions as catalogue } from './kit/permissions.ts';
import { shown } from './kit/scalars.ts';

export const PermissionCatalogue = z
  .object({
    items: z
      .array(
        z.object({
          name: PermissionName,
          description: shown({ max: 500 }).describe('What holding it allows.'),
          protects: z
            .boolean()
            .describe('Only who holds it, too, can act on an account that holds it.'),
        }),
      )
      .max(100),
  })
  .meta({
    id: 'PermissionCatalogue',
    description: 'Every permission there is. The list is closed: it changes with a release.',
    examples: [{ items: [{ name: 'users:read', ...catalogue['users:read'] }] }],
  });

export const permissions = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the permissions',
      description: 'The catalogue from which roles grant.',
      responses: { 200: PermissionCatalogue },
      metadata: {
        graphql: { field: 'permissions' },
        access: requires('roles:read'),
        conditional: true,
        cache: { by: 'caller', seconds: 300 },
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/permissions`),
);
