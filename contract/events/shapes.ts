import * as z from 'zod';
import { Id } from '../kit/scalars.ts';

// Ids of the examples, so that what is told of one thing in several events has one id.
export const exampleUserId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11';
export const exampleOtherUserId = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b12';
export const exampleSessionId = '01994c1e-7a00-7d10-8a39-2b7cb6a4c001';

/** Whoever may hear of it sees more of an account than its summary. */
export const aboutAccount = { subject: 'userId', readableWith: 'users:manage' } as const;

export const ofAccount = {
  ...aboutAccount,
  data: z.object({ userId: Id.describe('The account.') }),
  example: { userId: exampleUserId },
};
