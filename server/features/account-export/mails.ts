import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const exportReadyMail = mailKind(
  'account-export.ready',
  z.object({ url: z.string(), lifeSeconds: z.int() }),
  ({ url, lifeSeconds }, { productName }) => ({
    subject: `Your data at ${productName}`,
    parts: [
      `The archive with everything that ${productName} stores about your account is ready.`,
      { action: 'Download the archive', url },
      `The link works once, for ${inWords(lifeSeconds)}. Whoever has it gets the archive: do not pass it on.`,
      'If you did not ask for it, somebody else is signed in as you: change your password.',
    ],
  }),
);
