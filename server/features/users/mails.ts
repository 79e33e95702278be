import * as z from 'zod';
import { mailKind } from '../../platform/mail/mail-kind.ts';

/** To the address that was left. */
export const emailReplacedMail = mailKind(
  'users.email-replaced',
  z.object({}),
  (_, { productName }) => ({
    subject: `Your account at ${productName} has another e-mail address`,
    parts: [
      `An administrator of ${productName} gave your account another e-mail address. This one belongs to it no more.`,
      'If you did not expect this, ask an administrator.',
    ],
  }),
);
