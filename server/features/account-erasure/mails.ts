import * as z from 'zod';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const erasureRequestedMail = mailKind(
  'account-erasure.requested',
  z.object({ erasesOn: z.string() }),
  ({ erasesOn }, { productName }) => ({
    subject: `Your account at ${productName} will be erased`,
    parts: [
      `You asked for the erasure of your account at ${productName} and of everything about it.`,
      { facts: { 'Erased on': erasesOn } },
      'Until then you can sign in and cancel it. Afterwards nobody can bring anything back.',
      'If you did not ask for it, somebody else is signed in as you: sign in, cancel it, and change your password.',
    ],
  }),
);

export const erasureCancelledMail = mailKind(
  'account-erasure.cancelled',
  z.object({}),
  (_, { productName }) => ({
    subject: `Your account at ${productName} stays`,
    parts: [
      `The erasure of your account at ${productName} was cancelled. Everything stays as it is.`,
    ],
  }),
);

export const erasedMail = mailKind('account-erasure.done', z.object({}), (_, { productName }) => ({
  subject: `Your account at ${productName} is erased`,
  parts: [
    `Your account at ${productName} and everything about it are erased, as you asked.`,
    'This is the last mail that you get from us.',
  ],
}));
