import * as z from 'zod';
import { instantInWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const Changed = z.object({
  provider: z.string(),
  at: z.iso.datetime(),
  timeZone: z.string().nullable(),
});

const ifNotYou =
  'If this was not you, somebody else can sign in to your account: change your password, end all sessions, and look at the ways to sign in of your account.';

export const identityLinkedMail = mailKind(
  'identity.linked',
  Changed,
  ({ provider, at, timeZone }, { productName }) => ({
    subject: `Your ${productName} account can be signed in to with ${provider}`,
    parts: [
      `An identity at ${provider} was linked to your ${productName} account. From now on it signs in to it.`,
      { facts: { When: instantInWords(at, timeZone) } },
      ifNotYou,
    ],
  }),
);

export const identityUnlinkedMail = mailKind(
  'identity.unlinked',
  Changed,
  ({ provider, at, timeZone }, { productName }) => ({
    subject: `Your ${productName} account is no longer signed in to with ${provider}`,
    parts: [
      `An identity at ${provider} was unlinked from your ${productName} account. It signs in to it no more.`,
      { facts: { When: instantInWords(at, timeZone) } },
      ifNotYou,
    ],
  }),
);
