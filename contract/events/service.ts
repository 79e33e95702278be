import * as z from 'zod';
import { event } from '../kit/events.ts';
import { Id, shown } from '../kit/scalars.ts';
import { exampleUserId } from './shapes.ts';

const exampleRoleId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f2c01';

const aboutRole = { subject: 'roleId', readableWith: 'roles:read' } as const;

const ofRole = {
  ...aboutRole,
  data: z.object({ roleId: Id }),
  example: { roleId: exampleRoleId },
};

const aboutInvitation = { subject: 'invitationId', readableWith: 'users:manage' } as const;

const exampleInvitationId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f4d01';

const ofInvitation = {
  ...aboutInvitation,
  data: z.object({ invitationId: Id }),
  example: { invitationId: exampleInvitationId },
};

/** Its key set is for everybody, so that the least permission hears of it. */
const ofSigningKey = {
  subject: 'kid',
  readableWith: 'health:read',
  data: z.object({ kid: Id.describe('The id of the key, as the key set and tokens name it.') }),
  example: { kid: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f6e01' },
} as const;

/** What roles grant, who is invited, and what the service does to its own keys and its audit. */
export const serviceEvents = {
  'role.created': event({
    version: 1,
    description: 'There is a new role.',
    ...ofRole,
  }),
  'role.updated': event({
    version: 1,
    description:
      'A role was changed: the names of the fields, and the permissions that it grants or grants no more.',
    ...aboutRole,
    data: z.object({ roleId: Id, changed: z.array(shown({ max: 100 })).max(100) }),
    example: { roleId: exampleRoleId, changed: ['users:read'] },
  }),
  'role.removed': event({
    version: 1,
    description: 'A role is gone, and nobody has it any more.',
    ...ofRole,
  }),
  'invitation.created': event({
    version: 1,
    description: 'Somebody was invited, or invited anew.',
    ...ofInvitation,
  }),
  'invitation.revoked': event({
    version: 1,
    description: 'An invitation was taken back.',
    ...ofInvitation,
  }),
  'invitation.accepted': event({
    version: 1,
    description: 'An account has come of an invitation.',
    ...aboutInvitation,
    data: z.object({ invitationId: Id, userId: Id }),
    example: { invitationId: exampleInvitationId, userId: exampleUserId },
  }),
  'signing_key.rotated': event({
    version: 1,
    description: 'There is another key that signs access tokens: the new one.',
    ...ofSigningKey,
  }),
  'signing_key.revoked': event({
    version: 1,
    description: 'A key signs nothing any more, and nothing that it signed is good.',
    ...ofSigningKey,
  }),
  'audit.sealed': event({
    version: 1,
    description:
      'What the audit holds was sealed up to an entry. Kept elsewhere, number and hash are what `charter audit verify --head` holds the database to.',
    subject: 'throughEntryId',
    readableWith: 'audit:read',
    data: z.object({
      throughEntryId: Id.describe('The last entry that is sealed.'),
      seal: z.int32().min(1).describe('Its number; they go on one by one.'),
      hash: shown({ max: 64 }).describe('Of the seal, in hexadecimal.'),
    }),
    example: {
      throughEntryId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f7f01',
      seal: 2214,
      hash: '9c1d1f6b0e7f4a53b7a8f0a5f3a1d7a65b2ad6fd2f1f4e0cbb9a4c5de3f60718',
    },
  }),
};
