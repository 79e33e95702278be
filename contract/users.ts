import * as z from 'zod';
import { AvatarId, avatarRead } from './avatars.ts';
import { requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { batchOf, keyList, listQuery, maxKeys, pageOf } from './kit/lists.ts';
import {
  Email,
  FullName,
  Id,
  Instant,
  Locale,
  NewPassword,
  queryBoolean,
  queryInstant,
  shown,
  TimeZone,
  text,
  Username,
} from './kit/scalars.ts';
import { RoleName } from './roles.ts';

// Bounds of what Username, Email and FullName let in.
const shownUsername = shown({ max: 50, pattern: '^[a-z0-9._-]+$' });
const shownEmail = shown({ max: 254, format: 'email' });
const shownFullName = shown({ max: 255 }).nullable();

const exampleSummary = {
  view: 'summary',
  id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  username: 'ada',
  fullName: 'Ada Lovelace',
  avatarId: '2f0e4f7c-52a5-4a2b-9a0e-0d9d2b8c1e11',
};

export const exampleUser = {
  ...exampleSummary,
  view: 'full',
  email: 'ada@example.com',
  isActive: true,
  isEmailVerified: false,
  locale: 'en-GB',
  timeZone: 'Europe/London',
  roles: ['member'],
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
};

export const UserSummary = z
  .object({
    view: z.literal('summary').describe('Tells this shape from the full one.'),
    id: Id,
    username: shownUsername,
    fullName: shownFullName,
    avatarId: AvatarId,
  })
  .meta({
    id: 'UserSummary',
    description: 'What every signed-in person may know of an active account.',
    examples: [exampleSummary],
  });
export type UserSummary = z.infer<typeof UserSummary>;

export const User = z
  .object({
    view: z.literal('full').describe('Tells this shape from the summary.'),
    id: Id,
    username: shownUsername,
    email: shownEmail,
    fullName: shownFullName,
    avatarId: AvatarId,
    isActive: z.boolean(),
    isEmailVerified: z.boolean(),
    locale: shown({ max: 35 }).nullable().describe('The language for mails, as a BCP 47 tag.'),
    timeZone: shown({ max: 64 }).nullable().describe('A name of the IANA database.'),
    roles: z.array(RoleName).max(50).describe('The names of the roles, sorted.'),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({
    id: 'User',
    description: 'An account, as its owner and administrators see it.',
    examples: [exampleUser],
  });
export type User = z.infer<typeof User>;

/** In full for holders of `users:manage` and for oneself, else the summary. */
export const UserView = z.discriminatedUnion('view', [User, UserSummary]).meta({
  id: 'UserView',
  description: 'An account in full, or its summary: `view` tells which.',
  examples: [exampleUser, exampleSummary],
});
export type UserView = z.infer<typeof UserView>;

export const NewUser = z
  .strictObject({
    email: Email,
    username: Username,
    fullName: FullName.nullable().optional(),
    password: NewPassword.optional().describe(
      'Without one, the account cannot sign in by password before its owner has set one.',
    ),
    sendPasswordLink: z
      .boolean()
      .optional()
      .describe(
        'Whether the person gets a link by mail to set a password. When left out: where no password is given.',
      ),
    roles: z.array(RoleName).max(50).optional().describe('Role names; `member` when left out.'),
  })
  .meta({
    id: 'NewUser',
    description: 'An account to create.',
    examples: [
      { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' },
    ],
  });
export type NewUser = z.output<typeof NewUser>;

export const UserChanges = z
  .strictObject({
    email: Email.optional(),
    username: Username.optional(),
    fullName: FullName.nullable().optional().describe('null clears it.'),
    locale: Locale.nullable().optional().describe('The language for mails; null clears it.'),
    timeZone: TimeZone.nullable().optional().describe('null clears it.'),
    roles: z
      .array(RoleName)
      .max(50)
      .optional()
      .describe('Replaces the roles; an empty list takes all.'),
  })
  .meta({
    id: 'UserChanges',
    description: 'What to change; what is left out stays.',
    examples: [{ fullName: 'Ada King' }],
  });
export type UserChanges = z.output<typeof UserChanges>;

export const UserSort = ['username', 'createdAt'] as const;

/** Changing who may do what is asked of the database, and of somebody who signed in just now. */
const changeRoles = requires('roles:manage', { recentLogin: true, exact: true });

const MembershipPath = z.object({ userId: Id, roleId: Id });

const UserPath = z.object({ userId: Id });

const count = z.int().min(0);

export const UserStatistics = z
  .object({
    total: count.describe('All accounts that are not removed.'),
    active: count,
    deactivated: count,
    removed: count.describe('Removed and not yet purged.'),
    createdLast30Days: count,
  })
  .meta({
    id: 'UserStatistics',
    description: 'How many accounts there are.',
    examples: [{ total: 12, active: 11, deactivated: 1, removed: 2, createdLast30Days: 3 }],
  });
export type UserStatistics = z.output<typeof UserStatistics>;

export const UserQuery = listQuery({
  sort: UserSort,
  filters: {
    search: text({
      max: 100,
      description: 'Part of the username, the full name or (with `users:manage`) the e-mail.',
    }).optional(),
    email: Email.describe('Exactly this e-mail address.').optional(),
    isActive: queryBoolean({
      description: 'Only active, or only deactivated accounts.',
    }).optional(),
    role: RoleName.describe('Only accounts with this role.').optional(),
    createdFrom: queryInstant('Created at this instant or later.').optional(),
    createdBefore: queryInstant('Created before this instant.').optional(),
  },
});
export type UserQuery = z.output<typeof UserQuery>;

export const users = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List accounts',
      description:
        'Pages through the accounts that the caller may see: active ones as summaries, or all of them in full with `users:manage`. Searching by e-mail, and filtering or sorting by anything that summaries do not show, needs `users:manage` too.',
      query: UserQuery,
      responses: { 200: pageOf(UserView, 'UserPage') },
      metadata: {
        graphql: { field: 'users' },
        access: requires('users:read'),
        staleness: 'bounded',
        compliance: true,
      },
    },
    byIds: {
      method: 'GET',
      path: '/by-ids',
      summary: 'Get accounts by their ids',
      description:
        'Answers up to 200 accounts at once, each as the caller may see it. What there is not, or not for the caller, is left out.',
      query: z.strictObject({
        ids: keyList(Id, {
          maxKeyLength: 36,
          description: 'The ids, separated by commas.',
          examples: ['01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11'],
        }),
      }),
      responses: { 200: batchOf(UserView, 'Users') },
      metadata: {
        access: requires('users:read'),
        compliance: true,
        graphql: {
          loads: {
            keys: 'ids',
            most: maxKeys,
            by: 'id',
            into: [
              { type: 'Session', field: 'user', from: 'userId' },
              { type: 'OwnSession', field: 'user', from: 'userId' },
              { type: 'AuditEntry', field: 'actorUser', from: 'actor' },
              { type: 'AuditEntry', field: 'actingForUser', from: 'actingFor' },
            ],
          },
        },
      },
    },
    statistics: {
      method: 'GET',
      path: '/statistics',
      summary: 'Count the accounts',
      description: 'How many accounts there are, by their state, some seconds ago.',
      responses: { 200: UserStatistics },
      metadata: {
        graphql: { field: 'userStatistics' },
        access: requires('users:manage'),
        staleness: 'shared',
      },
    },
    get: {
      method: 'GET',
      path: '/:userId',
      summary: 'Get an account',
      description: 'Answers the account in full or as a summary, whichever the caller may see.',
      pathParams: UserPath,
      responses: { 200: UserView },
      metadata: {
        graphql: { field: 'user' },
        access: requires('users:read'),
        conditional: true,
        compliance: true,
      },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Create an account',
      description:
        'Creates an account. Without a password its owner gets a link by mail to set one, so that nobody else ever knows it; `sendPasswordLink` says otherwise. Nobody can give a role that grants more than they hold, and naming roles takes a recent sign-in.',
      body: NewUser,
      responses: { 201: User },
      metadata: {
        graphql: { field: 'createUser' },
        access: requires('users:manage', { exact: true }),
        problems: ['email_taken', 'username_taken', 'reauthentication_required'],
        compliance: true,
      },
    },
    update: {
      method: 'PATCH',
      path: '/:userId',
      summary: 'Change an account',
      description:
        'Changes what is sent and leaves the rest. An account that holds a protecting permission which the caller lacks is refused, here and wherever an account is acted on. Own roles stay as they are; those of others take a recent sign-in.',
      pathParams: UserPath,
      body: UserChanges,
      responses: { 200: User },
      metadata: {
        graphql: { field: 'updateUser' },
        access: requires('users:manage', { exact: true }),
        conditional: true,
        problems: [
          'email_taken',
          'username_taken',
          'last_administrator',
          'own_account_protected',
          'reauthentication_required',
        ],
        safety: true,
        compliance: true,
      },
    },
    remove: {
      method: 'DELETE',
      path: '/:userId',
      summary: 'Remove an account',
      description:
        'Removes the account and ends its sessions. It can be restored until it is purged.',
      pathParams: UserPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removeUser' },
        access: requires('users:manage', { exact: true }),
        conditional: true,
        problems: ['last_administrator', 'own_account_protected'],
        safety: true,
        compliance: true,
      },
    },
    getAvatar: {
      method: 'GET',
      path: '/:userId/avatar',
      summary: 'Get the picture of an account',
      description: 'Streams the picture of an account that the caller may see.',
      pathParams: UserPath,
      responses: avatarRead.responses,
      metadata: { ...avatarRead.metadata, access: requires('users:read') },
    },
    removeAvatar: {
      method: 'DELETE',
      path: '/:userId/avatar',
      summary: 'Remove the picture of an account',
      description:
        'For a picture that others must not see. Where there is none, nothing is removed.',
      pathParams: UserPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'removeUserAvatar' },
        access: requires('users:manage', { exact: true }),
        compliance: true,
      },
    },
    deactivate: {
      method: 'POST',
      path: '/:userId/deactivate',
      summary: 'Deactivate an account',
      description: 'The account can no longer act or sign in, and its sessions end at once.',
      pathParams: UserPath,
      body: c.noBody(),
      responses: { 200: User },
      metadata: {
        graphql: { field: 'deactivateUser' },
        access: requires('users:manage', { exact: true }),
        idempotency: 'none',
        problems: ['last_administrator', 'own_account_protected'],
        safety: true,
        compliance: true,
      },
    },
    activate: {
      method: 'POST',
      path: '/:userId/activate',
      summary: 'Activate an account',
      description: 'Ends a deactivation. The person signs in anew.',
      pathParams: UserPath,
      body: c.noBody(),
      responses: { 200: User },
      metadata: {
        graphql: { field: 'activateUser' },
        access: requires('users:manage', { exact: true }),
        idempotency: 'none',
        safety: true,
        compliance: true,
      },
    },
    restore: {
      method: 'POST',
      path: '/:userId/restore',
      summary: 'Restore a removed account',
      description: 'Ends a removal, unless the address or the username was taken meanwhile.',
      pathParams: UserPath,
      body: c.noBody(),
      responses: { 200: User },
      metadata: {
        graphql: { field: 'restoreUser' },
        access: requires('users:manage', { exact: true }),
        idempotency: 'none',
        problems: ['email_taken', 'username_taken'],
        safety: true,
        compliance: true,
      },
    },
    assignRole: {
      method: 'PUT',
      path: '/:userId/roles/:roleId',
      summary: 'Give a role to an account',
      description:
        'Nobody gives a role that grants more than they hold, nor any to themselves. An account that has it already keeps it.',
      pathParams: MembershipPath,
      body: c.noBody(),
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'assignRole' },
        access: changeRoles,
        problems: ['own_account_protected', 'too_many_roles'],
        safety: true,
        compliance: true,
      },
    },
    takeRole: {
      method: 'DELETE',
      path: '/:userId/roles/:roleId',
      summary: 'Take a role from an account',
      description: 'Not from oneself, and never from the last administrator.',
      pathParams: MembershipPath,
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'takeRole' },
        access: changeRoles,
        problems: ['own_account_protected', 'last_administrator'],
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/users`),
);
