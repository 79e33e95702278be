import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const Link = z.object({ url: z.string(), lifeSeconds: z.int() });

export const verifyEmailMail = mailKind(
  'verification.verify',
  Link,
  ({ url, lifeSeconds }, by) => ({
    subject: `Verify your e-mail address for ${by.productName}`,
    parts: [
      `Somebody, most likely you, gave this address to ${by.productName}. Follow the link to show that it is yours.`,
      { action: 'Verify the address', url },
      `The link works once, for ${inWords(lifeSeconds)}. If this was not you, do nothing: without it nobody can use your address.`,
    ],
  }),
);

export const knownAddressMail = mailKind(
  'verification.known-address',
  z.object({}),
  (_, { productName }) => ({
    subject: `You already have an account at ${productName}`,
    parts: [
      `Somebody, most likely you, tried to sign up at ${productName} with this address. It belongs to an account already, and nothing was changed.`,
      'Sign in as usual. If you forgot your password, ask for a new one on the sign-in page. If this was not you, do nothing.',
    ],
  }),
);
