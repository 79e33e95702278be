import * as z from 'zod';
import { event } from '../kit/events.ts';
import { Id, shown } from '../kit/scalars.ts';
import { aboutAccount, exampleUserId, ofAccount } from './shapes.ts';

/** The life of accounts. */
export const accountEvents = {
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
    example: { userId: exampleUserId, changed: ['fullName'] },
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
  'account.erasure_requested': event({
    version: 1,
    description: 'The owner of an account asked for its erasure, which a time of grace precedes.',
    ...ofAccount,
  }),
  'account.erasure_cancelled': event({
    version: 1,
    description: 'The owner of an account took back that it be erased.',
    ...ofAccount,
  }),
  'account.erased': event({
    version: 1,
    description:
      'An account is gone for ever, with everything about it: its owner asked, or its time had come.',
    ...ofAccount,
  }),
  'account.roles_changed': event({
    version: 1,
    description: 'The roles of an account were given or taken.',
    ...ofAccount,
  }),
  'account.email_verified': event({
    version: 1,
    description: 'Somebody proved that the address of an account is theirs.',
    ...ofAccount,
  }),
};
