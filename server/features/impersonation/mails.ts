import * as z from 'zod';
import { instantInWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const impersonatedMail = mailKind(
  'impersonation.started',
  z.object({ at: z.iso.datetime(), timeZone: z.string().nullable(), reason: z.string() }),
  ({ at, timeZone, reason }, { productName }) => ({
    subject: `An administrator acts as you at ${productName}`,
    parts: [
      `An administrator of ${productName} began to use your account, to help or to look into something. They cannot see or change your password, your second factors or your address.`,
      { facts: { When: instantInWords(at, timeZone), Reason: reason } },
      'What they do is written down, and stands among the activity of your account. If you did not expect this, ask your administrators.',
    ],
  }),
);
