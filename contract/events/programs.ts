import * as z from 'zod';
import { event } from '../kit/events.ts';
import { Id } from '../kit/scalars.ts';
import { exampleUserId } from './shapes.ts';

const readableWith = 'service-accounts:manage';

const ofKey = {
  subject: 'apiKeyId',
  readableWith,
  data: z.object({
    apiKeyId: Id,
    userId: Id.nullable().describe('Whose it is, where its owner is a person.'),
    serviceAccountId: Id.nullable().describe('Whose it is, where its owner is a program.'),
  }),
  example: {
    apiKeyId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0e01',
    userId: exampleUserId,
    serviceAccountId: null,
  },
} as const;

const ofProgram = {
  subject: 'serviceAccountId',
  readableWith,
  data: z.object({ serviceAccountId: Id }),
  example: { serviceAccountId: '01994c1e-8a10-7d3c-b0f1-2c4d6e8f0f01' },
} as const;

/** Programs, and the keys with which they act. */
export const programEvents = {
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
};
