import * as z from 'zod';
import { event } from '../kit/events.ts';
import { Id, shown } from '../kit/scalars.ts';
import {
  aboutAccount,
  exampleOtherUserId,
  exampleSessionId,
  exampleUserId,
  ofAccount,
} from './shapes.ts';

const FactorKind = z.enum(['totp', 'passkey', 'recovery_codes']);

const ofFactor = {
  ...aboutAccount,
  data: z.object({ userId: Id, kind: FactorKind }),
  example: { userId: exampleUserId, kind: 'totp' as const },
};

const ofIdentity = {
  ...aboutAccount,
  data: z.object({ userId: Id, identityId: Id, provider: shown({ max: 32 }) }),
  example: {
    userId: exampleUserId,
    identityId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f0a17',
    provider: 'google',
  },
};

const ofSession = {
  ...aboutAccount,
  data: z.object({ userId: Id, sessionId: Id }),
  example: { userId: exampleUserId, sessionId: exampleSessionId },
};

const ofImpersonation = {
  ...aboutAccount,
  data: z.object({ userId: Id, byUserId: Id, sessionId: Id }),
  example: { userId: exampleUserId, byUserId: exampleOtherUserId, sessionId: exampleSessionId },
};

/** How accounts are signed in to, where, and by whom. */
export const signInEvents = {
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
  'account.recovery_codes_renewed': event({
    version: 1,
    description: 'An account has other recovery codes, in place of all before.',
    ...ofAccount,
  }),
  'account.codes_guessed': event({
    version: 1,
    description:
      'So many wrong codes were given for an account that the next one has to wait: whoever gives them knows its first factor.',
    ...ofAccount,
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
  'account.impersonated': event({
    version: 1,
    description: 'Somebody began to act as an account: who, and in which session.',
    ...ofImpersonation,
  }),
  'account.impersonation_ended': event({
    version: 1,
    description: 'Somebody acts as an account no more, and did not wait until the time was up.',
    ...ofImpersonation,
  }),
  'session.started': event({
    version: 1,
    description: 'A session began: somebody signed in, or began to act as the account.',
    ...ofSession,
  }),
  'session.started_on_new_device': event({
    version: 1,
    description: 'An account signed in from a device that it had not been seen on before.',
    ...ofSession,
  }),
  'session.ended': event({
    version: 1,
    description: 'A session ended before its time, and why.',
    ...aboutAccount,
    data: z.object({ userId: Id, sessionId: Id, reason: shown({ max: 50 }) }),
    example: { userId: exampleUserId, sessionId: exampleSessionId, reason: 'logout' },
  }),
};
