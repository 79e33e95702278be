import * as z from 'zod';
import { section, when } from './section.ts';
import { flag, whole } from './values.ts';

const howToMail =
  'this takes mail, and SMTP_URL is not set; write smtp://user:password@host:587 (or name a file in SMTP_URL_FILE)';

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
  build: (given, mode) => ({
    signUp: given.SIGN_UP ?? usualSignUp(mode),
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
  refuse: ({ SIGN_UP, SIGN_UP_ANSWER, REQUIRE_VERIFIED_EMAIL, MAGIC_LINK }, { hasMail }) => {
    if (hasMail) return [];
    const isPrivate = SIGN_UP === 'open' && SIGN_UP_ANSWER === 'private';
    return [
      ...when(SIGN_UP === 'invite', `SIGN_UP: is invite; ${howToMail}, or set SIGN_UP=closed`),
      ...when(isPrivate, `SIGN_UP_ANSWER: is private; ${howToMail}, or leave it out`),
      ...when(
        REQUIRE_VERIFIED_EMAIL === true,
        `REQUIRE_VERIFIED_EMAIL: is true; ${howToMail}, or leave it out`,
      ),
      ...when(MAGIC_LINK === true, `MAGIC_LINK: is true; ${howToMail}, or leave it out`),
    ];
  },
  warn: ({ signUp }, { isProduction }) =>
    when(isProduction && signUp === 'open', 'SIGN_UP is open: anyone may sign up.'),
});

export type AccountsConfig = ReturnType<typeof accounts.build>;

/** An invitation comes by mail: without mail there is none. */
function usualSignUp({ isProduction, hasMail }: { isProduction: boolean; hasMail: boolean }) {
  if (!isProduction) return 'open';
  return hasMail ? 'invite' : 'closed';
}
