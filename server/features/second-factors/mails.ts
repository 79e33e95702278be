import * as z from 'zod';
import { mailKind } from '../../platform/mail/mail-kind.ts';

const names = {
  totp: 'authenticator app',
  passkey: 'passkey',
} as const;

const Factor = z.enum(['totp', 'passkey']);
const at = z.string().describe('An instant in UTC.');
const notYou =
  'If this was not you, somebody else can sign in to your account: change your password, end all sessions, and look at your second factors.';

export const factorAdded = mailKind(
  'factor.added',
  z.object({ kind: Factor, at }),
  ({ kind, at: when }, { productName }) => ({
    subject: `Your ${productName} account has a new ${names[kind]}`,
    parts: [
      `A new ${names[kind]} was added to your ${productName} account. From now on it proves who you are.`,
      { facts: { When: when } },
      notYou,
    ],
  }),
);

export const factorRemoved = mailKind(
  'factor.removed',
  z.object({ kind: Factor, at }),
  ({ kind, at: when }, { productName }) => ({
    subject: `Your ${productName} account has lost its ${names[kind]}`,
    parts: [
      `The ${names[kind]} of your ${productName} account was removed. It proves nothing any more.`,
      { facts: { When: when } },
      notYou,
    ],
  }),
);

export const factorsReset = mailKind(
  'factor.reset',
  z.object({ at }),
  ({ at: when }, { productName }) => ({
    subject: `The second factors of your ${productName} account were removed`,
    parts: [
      'An administrator removed all second factors and recovery codes of your account, and ended its sessions. Sign in, and set up new ones.',
      { facts: { When: when } },
      'If you did not ask for this, tell your administrators.',
    ],
  }),
);

export const recoveryCodeUsed = mailKind(
  'factor.recovery_code_used',
  z.object({ left: z.int().min(0), at }),
  ({ left, at: when }, { productName }) => ({
    subject: `A recovery code of your ${productName} account was used`,
    parts: [
      `Somebody proved with one of your recovery codes that they are you. ${left} of them are left.`,
      { facts: { When: when } },
      notYou,
    ],
  }),
);

export const recoveryCodesRenewed = mailKind(
  'factor.recovery_codes_renewed',
  z.object({ at }),
  ({ at: when }, { productName }) => ({
    subject: `Your ${productName} account has new recovery codes`,
    parts: [
      `New recovery codes were made for your ${productName} account. The older ones do not work any more.`,
      { facts: { When: when } },
      notYou,
    ],
  }),
);
