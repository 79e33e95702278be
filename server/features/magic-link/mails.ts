import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const magicLinkMail = mailKind(
  'magic-link.link',
  z.object({ url: z.string(), lifeSeconds: z.int() }),
  ({ url, lifeSeconds }, { productName }) => ({
    subject: `Sign in to ${productName}`,
    parts: [
      `Somebody, most likely you, asked for a link to sign in to ${productName}.`,
      { action: 'Sign in', url },
      `The link works once, for ${inWords(lifeSeconds)}. If this was not you, do nothing, and give it to nobody.`,
    ],
  }),
);
