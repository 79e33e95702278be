import * as z from 'zod';
import { anyone, requires } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { listQuery, pageOf } from './kit/lists.ts';
import {
  Email,
  FullName,
  Id,
  Instant,
  LinkToken,
  NewPassword,
  queryInstant,
  shown,
  Username,
} from './kit/scalars.ts';
import { RoleName } from './roles.ts';
import { User } from './users.ts';

const invitationStates = ['pending', 'accepted', 'revoked', 'expired'] as const;

const exampleInvitation = {
  id: '01994c1e-9b20-7e4d-a1c2-3d4e5f607182',
  email: 'ada@example.com',
  roles: ['member'],
  state: 'pending',
  invitedById: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
  userId: null,
  createdAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2026-11-28T12:00:00.000Z',
};

export const Invitation = z
  .object({
    id: Id,
    email: shown({ max: 254, format: 'email' }),
    roles: z.array(RoleName).max(50).describe('What the account begins with, sorted.'),
    state: z.enum(invitationStates),
    invitedById: Id.nullable().describe('The account that invited; null once it is purged.'),
    userId: Id.nullable().describe('The account that came of it.'),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({
    id: 'Invitation',
    description: 'An account that somebody may begin.',
    examples: [exampleInvitation],
  });
export type Invitation = z.infer<typeof Invitation>;

export const NewInvitation = z
  .strictObject({
    email: Email,
    roles: z.array(RoleName).max(50).optional().describe('Role names; `member` when left out.'),
  })
  .meta({
    id: 'NewInvitation',
    description: 'Whom to invite.',
    examples: [{ email: 'ada@example.com' }],
  });
export type NewInvitation = z.output<typeof NewInvitation>;

export const Acceptance = z
  .strictObject({
    token: LinkToken,
    username: Username,
    fullName: FullName.nullable().optional(),
    password: NewPassword,
  })
  .meta({
    id: 'Acceptance',
    description: 'The token of the mail, and the account to begin.',
    examples: [
      {
        token: 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E',
        username: 'ada',
        password: 'correct horse battery staple',
      },
    ],
  });
export type Acceptance = z.output<typeof Acceptance>;

export const InvitationQuery = listQuery({
  sort: ['createdAt', 'email'],
  filters: {
    email: Email.describe('Exactly this e-mail address.').optional(),
    state: z.enum(invitationStates).describe('Only those in this state.').optional(),
    createdFrom: queryInstant('Created at this instant or later.').optional(),
    createdBefore: queryInstant('Created before this instant.').optional(),
  },
});
export type InvitationQuery = z.output<typeof InvitationQuery>;

const managers = requires('users:manage', { exact: true });

export const invitations = c.router(
  {
    list: {
      method: 'GET',
      path: '',
      summary: 'List the invitations',
      description:
        'Pages through the invitations, the newest first unless asked otherwise. They are kept for 30 days after their end.',
      query: InvitationQuery,
      responses: { 200: pageOf(Invitation, 'InvitationPage') },
      metadata: { graphql: { field: 'invitations' }, access: requires('users:manage') },
    },
    get: {
      method: 'GET',
      path: '/:invitationId',
      summary: 'Get an invitation',
      description: 'Answers one invitation. Its token is in the mail only.',
      pathParams: z.object({ invitationId: Id }),
      responses: { 200: Invitation },
      metadata: {
        graphql: { field: 'invitation' },
        access: requires('users:manage'),
        conditional: true,
      },
    },
    create: {
      method: 'POST',
      path: '',
      summary: 'Invite somebody',
      description:
        'Sends a link to the address, in place of an earlier one. Nobody gives a role that grants more than they hold, and naming roles takes a recent sign-in. Refused while sign-up is closed.',
      body: NewInvitation,
      responses: { 201: Invitation },
      metadata: {
        graphql: { field: 'createInvitation' },
        access: managers,
        problems: ['email_taken', 'reauthentication_required', 'sign_up_closed'],
        compliance: true,
      },
    },
    revoke: {
      method: 'POST',
      path: '/:invitationId/revoke',
      summary: 'Take an invitation back',
      description: 'The link in its mail works no more. One that has ended already stays as it is.',
      pathParams: z.object({ invitationId: Id }),
      body: c.noBody(),
      responses: { 200: Invitation },
      metadata: {
        graphql: { field: 'revokeInvitation' },
        access: managers,
        idempotency: 'none',
        compliance: true,
      },
    },
    accept: {
      method: 'POST',
      path: '/accept',
      summary: 'Accept an invitation',
      description:
        'Begins the account with the roles of the invitation; its address is proven. The invitation is good for what its sender could still give: a role that is gone is left out, and who lost the right to invite or to give a role has invited nobody.',
      body: Acceptance,
      responses: { 201: User },
      metadata: {
        graphql: { field: 'acceptInvitation' },
        access: anyone,
        problems: [
          'cross_site_request',
          'sign_up_closed',
          'invalid_link',
          'email_taken',
          'username_taken',
        ],
        limit: 'credentials',
        location: `${apiPrefix}/me`,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/invitations`),
);
