import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const passwordResetMail = mailKind(
  'password-reset.link',
  z.object({ url: z.string(), lifeSeconds: z.int() }),
  ({ url, lifeSeconds }, { productName }) => ({
    subject: `Set a new password for ${productName}`,
    parts: [
      `Somebody, most likely you, asked for a new password for your account at ${productName}.`,
      { action: 'Set a new password', url },
      `The link works once, for ${inWords(lifeSeconds)}. If this was not you, do nothing: your password stays as it is.`,
    ],
  }),
);
