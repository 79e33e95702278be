import * as z from 'zod';
import { section, when } from './section.ts';
import { flag, whole } from './values.ts';

export const accounts = section({
  settings: {
    SIGN_UP: z.enum(['open', 'invite', 'closed']).optional(),
    SIGN_UP_ANSWER: z.enum(['conflict', 'private']).default('conflict'),
    REQUIRE_VERIFIED_EMAIL: flag.default(false),
    MAGIC_LINK: flag.default(false),
    VERIFICATION_HOURS: whole(1, 720).default(24),
    PASSWORD_RESET_MINUTES: whole(1, 1_440).default(10),
    MAGIC_LINK_MINUTES: whole(1, 1_440).default(10),
    INVITATION_DAYS: whole(1, 90).default(7),
    EMAIL_CHANGE_HOURS: whole(1, 720).default(24),
    EMAIL_REVERT_HOURS: whole(1, 720).default(72),
  },
  build: (given, { isProduction }) => ({
    signUp: given.SIGN_UP ?? (isProduction ? ('invite' as const) : ('open' as const)),
    /** `private` never tells whether an address is taken. */
    signUpAnswer: given.SIGN_UP_ANSWER,
    requireVerifiedEmail: given.REQUIRE_VERIFIED_EMAIL,
    hasMagicLink: given.MAGIC_LINK,
    verificationSeconds: given.VERIFICATION_HOURS * 3_600,
    passwordResetSeconds: given.PASSWORD_RESET_MINUTES * 60,
    magicLinkSeconds: given.MAGIC_LINK_MINUTES * 60,
    invitationSeconds: given.INVITATION_DAYS * 86_400,
    emailChangeSeconds: given.EMAIL_CHANGE_HOURS * 3_600,
    emailRevertSeconds: given.EMAIL_REVERT_HOURS * 3_600,
  }),
  warn: ({ signUp, signUpAnswer, requireVerifiedEmail }, { isProduction }) => [
    ...when(isProduction && signUp === 'open', 'SIGN_UP is open: anyone may sign up.'),
    ...when(
      signUp === 'open' && signUpAnswer === 'private',
      'SIGN_UP_ANSWER is private, and addresses cannot be proven yet: no sign-up becomes an account.',
    ),
    ...when(
      requireVerifiedEmail,
      'REQUIRE_VERIFIED_EMAIL is set, and addresses cannot be verified yet: new accounts cannot sign in.',
    ),
  ],
});

export type AccountsConfig = ReturnType<typeof accounts.build>;
