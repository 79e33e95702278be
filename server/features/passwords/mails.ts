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

/** What an administrator sends. */
export const passwordLinkMail = mailKind(
  'password-reset.sent',
  z.object({ url: z.string(), lifeSeconds: z.int() }),
  ({ url, lifeSeconds }, { productName }) => ({
    subject: `Set a password for ${productName}`,
    parts: [
      `An administrator of ${productName} sends you this link, so that you can set a password for your account.`,
      { action: 'Set a password', url },
      `The link works once, for ${inWords(lifeSeconds)}. Until then your account stays as it is.`,
    ],
  }),
);
