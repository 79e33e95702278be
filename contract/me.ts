import * as z from 'zod';
import { Activity, ActivityQuery } from './audit.ts';
import { Avatar, avatarRead, NewAvatar } from './avatars.ts';
import { signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { pageOf } from './kit/lists.ts';
import { PermissionName } from './kit/permission-name.ts';
import { permissionNames } from './kit/permissions.ts';
import {
  FullName,
  GivenPassword,
  Id,
  Locale,
  NewPassword,
  TimeZone,
  Username,
} from './kit/scalars.ts';
import { exampleUser, User } from './users.ts';

export const Me = User.extend({
  permissions: z
    .array(PermissionName)
    .max(permissionNames.length)
    .describe(
      'What the roles grant, sorted; while somebody acts as the account, what both may do.',
    ),
  act: z
    .object({ id: Id })
    .nullable()
    .describe('Who really acts, while the account is impersonated.'),
}).meta({
  id: 'Me',
  description: 'The own account with its effective roles and permissions.',
  examples: [{ ...exampleUser, permissions: ['users:read'], act: null }],
});
export type Me = z.infer<typeof Me>;

export const MyChanges = z
  .strictObject({
    username: Username.optional(),
    fullName: FullName.nullable().optional().describe('null clears it.'),
    locale: Locale.nullable().optional().describe('The language for mails; null clears it.'),
    timeZone: TimeZone.nullable().optional().describe('null clears it.'),
  })
  .meta({
    id: 'MyChanges',
    description: 'What to change in the own account; what is left out stays.',
    examples: [{ fullName: 'Ada King' }],
  });
export type MyChanges = z.output<typeof MyChanges>;

export const PasswordChange = z
  .strictObject({
    currentPassword: GivenPassword.optional().describe('Not needed right after a sign-in.'),
    newPassword: NewPassword,
  })
  .meta({
    id: 'PasswordChange',
    description: 'The current and the new password.',
    examples: [
      { currentPassword: 'correct horse battery staple', newPassword: 'a quiet river at dawn' },
    ],
  });
export type PasswordChange = z.output<typeof PasswordChange>;

export const me = c.router(
  {
    get: {
      method: 'GET',
      path: '',
      summary: 'Get the own account',
      description: 'Answers the account of the caller with its effective roles and permissions.',
      responses: { 200: Me },
      metadata: {
        graphql: { field: 'me' },
        access: signedIn({ beforeSecondFactor: true }),
        conditional: true,
      },
    },
    update: {
      method: 'PATCH',
      path: '',
      summary: 'Change the own account',
      description: 'Changes what is sent and leaves the rest.',
      body: MyChanges,
      responses: { 200: Me },
      metadata: {
        graphql: { field: 'updateMe' },
        access: signedIn(),
        conditional: true,
        problems: ['username_taken'],
        compliance: true,
      },
    },
    listActivity: {
      method: 'GET',
      path: '/activity',
      summary: 'List what happened to the own account',
      description:
        'Pages through what the caller did, and what others did to the account or in its name, the newest first unless asked otherwise. Who the others are is not told.',
      query: ActivityQuery,
      responses: { 200: pageOf(Activity, 'ActivityPage') },
      metadata: { graphql: { field: 'activity' }, access: signedIn(), staleness: 'bounded' },
    },
    getAvatar: {
      method: 'GET',
      path: '/avatar',
      summary: 'Get the own picture',
      description: 'Streams the picture of the own account.',
      responses: avatarRead.responses,
      metadata: { ...avatarRead.metadata, access: signedIn(), problems: ['not_found'] },
    },
    setAvatar: {
      method: 'PUT',
      path: '/avatar',
      summary: 'Set the own picture',
      description:
        'Keeps the picture in place of the one before. It is given out as it is, with all that the file says of its making: a photograph may name the place.',
      contentType: 'multipart/form-data',
      body: NewAvatar,
      responses: { 200: Avatar },
      metadata: { access: signedIn(), compliance: true },
    },
    removeAvatar: {
      method: 'DELETE',
      path: '/avatar',
      summary: 'Remove the own picture',
      description: 'Where there is none, nothing is removed.',
      responses: { 204: c.noBody() },
      metadata: { graphql: { field: 'removeAvatar' }, access: signedIn(), compliance: true },
    },
    changePassword: {
      method: 'POST',
      path: '/password',
      summary: 'Change the own password',
      description:
        'Takes the current password, or a sign-in younger than ten minutes. Ends every other session of the account.',
      body: PasswordChange,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'changePassword' },
        access: signedIn({ exact: true, inPerson: true }),
        idempotency: 'none',
        problems: ['reauthentication_required'],
        limit: 'credentials',
        safety: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/me`),
);
