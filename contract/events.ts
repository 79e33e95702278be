import * as z from 'zod';
import { type EventKind, event } from './kit/events.ts';
import { Id, shown } from './kit/scalars.ts';

const userId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11';

/** Whoever may hear of it sees more of an account than its summary. */
const aboutAccount = { subject: 'userId', readableWith: 'users:manage' } as const;

const ofAccount = { ...aboutAccount, data: z.object({ userId: Id }), example: { userId } };

const FactorKind = z.enum(['totp', 'passkey', 'recovery_codes']);

const ofFactor = {
  ...aboutAccount,
  data: z.object({ userId: Id, kind: FactorKind }),
  example: { userId, kind: 'totp' as const },
};

const ofKey = {
  subject: 'apiKeyId' as const,
  readableWith: 'service-accounts:manage' as const,
  data: z.object({
    apiKeyId: Id,
    userId: Id.nullable().describe('Whose it is, where its owner is a person.'),
    serviceAccountId: Id.nullable().describe('Whose it is, where its owner is a program.'),
  }),
  example: {
    apiKeyId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
    userId,
    serviceAccountId: null,
  },
};

const ofProgram = {
  subject: 'serviceAccountId' as const,
  readableWith: 'service-accounts:manage' as const,
  data: z.object({ serviceAccountId: Id }),
  example: { serviceAccountId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01' },
};

const ofIdentity = {
  ...aboutAccount,
  data: z.object({ userId: Id, identityId: Id, provider: shown({ max: 32 }) }),
  example: { userId, identityId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0a17', provider: 'google' },
};

/** Everything that is told outside of the request in which it happens. Ids, never personal data. */
export const events = {
  'account.created': event({
    version: 1,
    description: 'There is a new account.',
    ...ofAccount,
  }),
  'account.updated': event({
    version: 1,
    description: 'An account was changed: the names of the fields, not their values.',
    ...aboutAccount,
    data: z.object({ userId: Id, changed: z.array(shown({ max: 100 })).max(100) }),
    example: { userId, changed: ['fullName'] },
  }),
  'account.deactivated': event({
    version: 1,
    description: 'An account can no longer act or sign in.',
    ...ofAccount,
  }),
  'account.activated': event({
    version: 1,
    description: 'A deactivated account can act again.',
    ...ofAccount,
  }),
  'account.removed': event({
    version: 1,
    description: 'An account was removed; it can be restored until it is purged.',
    ...ofAccount,
  }),
  'account.restored': event({
    version: 1,
    description: 'A removed account is back.',
    ...ofAccount,
  }),
  'account.erased': event({
    version: 1,
    description: 'An account is gone for ever, with everything about it.',
    ...ofAccount,
  }),
  'account.roles_changed': event({
    version: 1,
    description: 'The roles of an account were given or taken.',
    ...ofAccount,
  }),
  'account.password_changed': event({
    version: 1,
    description: 'An account has another password.',
    ...ofAccount,
  }),
  'account.factor_added': event({
    version: 1,
    description: 'An account has another second factor.',
    ...ofFactor,
  }),
  'account.factor_removed': event({
    version: 1,
    description: 'An account lost a second factor, by its owner or by an administrator.',
    ...ofFactor,
  }),
  'account.codes_guessed': event({
    version: 1,
    description:
      'So many wrong codes were given for an account that the next one has to wait: whoever gives them knows its first factor.',
    ...ofAccount,
  }),
  'account.impersonated': event({
    version: 1,
    description: 'Somebody began to act as an account: who, and in which session.',
    ...aboutAccount,
    data: z.object({ userId: Id, byUserId: Id, sessionId: Id }),
    example: {
      userId,
      byUserId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b12',
      sessionId: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001',
    },
  }),
  'account.identity_linked': event({
    version: 1,
    description: 'An account can be signed in to by another identity at a provider.',
    ...ofIdentity,
  }),
  'account.identity_unlinked': event({
    version: 1,
    description: 'An identity at a provider signs in to an account no more.',
    ...ofIdentity,
  }),
  'account.email_verified': event({
    version: 1,
    description: 'Somebody proved that the address of an account is theirs.',
    ...ofAccount,
  }),
  'api_key.created': event({
    version: 1,
    description: 'There is a new API key, by itself or in place of another.',
    ...ofKey,
  }),
  'api_key.rotated': event({
    version: 1,
    description: 'An API key got a successor, and works for a while only.',
    ...ofKey,
  }),
  'api_key.revoked': event({
    version: 1,
    description: 'An API key works no more.',
    ...ofKey,
  }),
  'service_account.created': event({
    version: 1,
    description: 'There is a new service account.',
    ...ofProgram,
  }),
  'service_account.updated': event({
    version: 1,
    description: 'A service account was changed: its name, its roles, or whether it may act.',
    ...ofProgram,
  }),
  'service_account.removed': event({
    version: 1,
    description: 'A service account is gone, with its keys.',
    ...ofProgram,
  }),
  'session.started_on_new_device': event({
    version: 1,
    description: 'An account signed in from a device that it had not been seen on before.',
    ...aboutAccount,
    data: z.object({ userId: Id, sessionId: Id }),
    example: { userId, sessionId: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' },
  }),
  'session.ended': event({
    version: 1,
    description: 'A session ended before its time, and why.',
    ...aboutAccount,
    data: z.object({ userId: Id, sessionId: Id, reason: shown({ max: 50 }) }),
    example: { userId, sessionId: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001', reason: 'logout' },
  }),
} as const satisfies Record<string, EventKind<unknown>>;

type Events = typeof events;

export type EventName = keyof Events;

export type EventData<Name extends EventName> = z.output<Events[Name]['data']>;

/** An event before it has an id and an instant. */
export type NewEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly data: EventData<Name> };
}[EventName];
