import * as z from 'zod';
import { instantInWords } from '../../platform/mail/in-words.ts';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const Happened = z.object({ at: z.iso.datetime(), timeZone: z.string().nullable() });

const OnDevice = Happened.extend({ browser: z.string(), address: z.string().nullable() });

// No link: whoever learns to follow one in such a mail follows the next one, which a thief has sent.
const ifNotYou =
  'If this was not you, ask for a new password on the sign-in page now: it ends every session of your account.';

export const passwordChangedMail = mailKind(
  'notices.password-changed',
  Happened,
  ({ at, timeZone }, { productName }) => ({
    subject: `Your password for ${productName} was changed`,
    parts: [
      `Your account at ${productName} has a new password.`,
      { facts: { When: instantInWords(at, timeZone) } },
      `If this was you, there is nothing to do. ${ifNotYou}`,
    ],
  }),
);

export const codesGuessedMail = mailKind(
  'notices.codes-guessed',
  Happened,
  ({ at, timeZone }, { productName }) => ({
    subject: `Wrong codes for your account at ${productName}`,
    parts: [
      `Somebody gave several wrong codes, one after the other, for your account at ${productName}. They were refused, and the next one has to wait. To be asked for a code, one must first have your password, or a link from your mailbox.`,
      { facts: { When: instantInWords(at, timeZone) } },
      `If this was you, wait a little, and try again. ${ifNotYou}`,
    ],
  }),
);

export const newDeviceMail = mailKind(
  'notices.new-device',
  OnDevice,
  ({ at, timeZone, browser, address }, { productName }) => ({
    subject: `A new sign-in to ${productName}`,
    parts: [
      `Somebody, most likely you, signed in to your account at ${productName} from a device or a network that we have not seen for a while.`,
      { facts: { When: instantInWords(at, timeZone), ...deviceFacts(browser, address) } },
      `If this was you, there is nothing to do. ${ifNotYou}`,
    ],
  }),
);

export const refreshReuseMail = mailKind(
  'notices.refresh-reuse',
  OnDevice,
  ({ at, timeZone, browser, address }, { productName }) => ({
    subject: `We ended a session of your account at ${productName}`,
    parts: [
      `A credential of one of your sessions at ${productName} was used after it had been replaced. Somebody else may have a copy of it, so we ended the session.`,
      { facts: { When: instantInWords(at, timeZone), ...deviceFacts(browser, address) } },
      `Sign in again where you need to. If you do not know this device, ask for a new password on the sign-in page now: it ends every session of your account.`,
    ],
  }),
);

const OfKey = Happened.extend({
  name: z.string(),
  scopes: z.array(z.string()),
  endsAt: z.iso.datetime(),
});

export const apiKeyMadeMail = mailKind(
  'notices.api-key-made',
  OfKey,
  ({ at, timeZone, name, scopes, endsAt }, { productName }) => ({
    subject: `Your account at ${productName} has a new API key`,
    parts: [
      `A new API key was made for your account at ${productName}. Whoever has it acts as you, within what it may do.`,
      {
        facts: {
          When: instantInWords(at, timeZone),
          Name: name,
          'What it may do': scopes.join(', ') || 'nothing that takes a permission',
          'Works until': instantInWords(endsAt, timeZone),
        },
      },
      'If this was you, there is nothing to do. If not, revoke it among the API keys of your account, and ask for a new password on the sign-in page: that ends every session, but no key.',
    ],
  }),
);

function deviceFacts(browser: string, address: string | null): Record<string, string> {
  return { Device: browser, ...(address !== null && { 'Signed in from': address }) };
}
