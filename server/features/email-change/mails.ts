import * as z from 'zod';
import { inWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const Link = z.object({ url: z.string(), lifeSeconds: z.int() });

/** To the new address. */
export const proveAddressMail = mailKind(
  'email-change.prove',
  Link,
  ({ url, lifeSeconds }, by) => ({
    subject: `Confirm your new e-mail address for ${by.productName}`,
    parts: [
      `Somebody, most likely you, wants to use this address for an account at ${by.productName}.`,
      { action: 'Use this address', url },
      `The link works once, for ${inWords(lifeSeconds)}. If this was not you, do nothing.`,
    ],
  }),
);

/** To the owner of an address that belongs to an account already. */
export const addressInUseMail = mailKind(
  'email-change.in-use',
  z.object({}),
  (_, { productName }) => ({
    subject: `Your e-mail address is in use at ${productName}`,
    parts: [
      `Somebody with another account at ${productName} asked to use this address for it. It belongs to your account, and nothing was changed.`,
      'If this was you, sign in with this address as usual. If this was not you, do nothing.',
    ],
  }),
);

/** To the old address; with a way back where the account had proven it. */
export const addressChangedMail = mailKind(
  'email-change.changed',
  Link.partial(),
  ({ url, lifeSeconds = 0 }, { productName }) => ({
    subject: `Your e-mail address at ${productName} was changed`,
    parts: [
      `Your account at ${productName} has another e-mail address from now on. If this was you, there is nothing to do.`,
      ...(url === undefined
        ? ['If this was not you, ask the people who run the service.']
        : [
            'If this was not you, take the change back: everybody is signed out, and you set a new password.',
            { action: 'Take the change back', url },
            `The link works once, for ${inWords(lifeSeconds)}.`,
          ]),
    ],
  }),
);

/** To the address that the account has lost. */
export const changeRevertedMail = mailKind(
  'email-change.reverted',
  z.object({}),
  (_, { productName }) => ({
    subject: `A change of your e-mail address at ${productName} was taken back`,
    parts: [
      `The owner of the former address took the change to this one back. This address belongs to no account at ${productName} any more.`,
    ],
  }),
);
