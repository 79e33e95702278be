import * as z from 'zod';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { permissionNames } from './kit/permissions.ts';
import { FullName, Username } from './kit/scalars.ts';
import { exampleUser, User } from './users.ts';

export const Me = User.extend({
  permissions: z
    .array(z.enum(permissionNames))
    .max(permissionNames.length)
    .describe('What the roles grant, sorted.'),
}).meta({
  id: 'Me',
  description: 'The own account with its effective roles and permissions.',
  examples: [{ ...exampleUser, permissions: ['users:read'] }],
});
export type Me = z.infer<typeof Me>;

export const MyChanges = z
  .strictObject({
    username: Username.optional(),
    fullName: FullName.nullable().optional().describe('null clears it.'),
  })
  .meta({
    id: 'MyChanges',
    description: 'What to change in the own account; what is left out stays.',
    examples: [{ fullName: 'Ada King' }],
  });

export const me = c.router(
  {
    get: {
      method: 'GET',
      path: '',
      summary: 'Get the own account',
      description: 'Answers the account of the caller with its effective roles and permissions.',
      responses: { 200: Me },
      metadata: { access: signedIn() },
    },
    update: {
      method: 'PATCH',
      path: '',
      summary: 'Change the own account',
      description: 'Changes what is sent and leaves the rest.',
      body: MyChanges,
      responses: { 200: Me },
      metadata: { access: signedIn(), problems: ['username_taken'] },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/me`),
);
