import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

export const invitationMail = mailKind(
  'invitations.invite',
  z.object({ url: z.string(), lifeSeconds: z.int() }),
  ({ url, lifeSeconds }, { productName }) => ({
    subject: `You are invited to ${productName}`,
    parts: [
      `An administrator of ${productName} invites you to begin an account with this address.`,
      { action: 'Begin the account', url },
      `The link works once, for ${inWords(lifeSeconds)}. If you did not expect it, do nothing.`,
    ],
  }),
);
