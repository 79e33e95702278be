import type { ProblemKind } from './kind.ts';

/** Who calls, how they prove it, and with whom. */
export const signInProblems = {
  unauthenticated: {
    status: 401,
    title: 'A sign-in is needed',
    prose:
      'No credential was sent, or it is unknown, expired or ended. Refresh the access token or sign in again. An `Authorization` header decides alone: while one is sent, a cookie is not read.',
  },
  invalid_credentials: {
    status: 401,
    title: 'The identifier or the password is wrong',
    denies: 'anyone',
    prose:
      'Sign-in failed. The answer is the same for an unknown account, a wrong password, a locked account and an account without a password, so that nobody learns which accounts exist.',
  },
  invalid_refresh_token: {
    status: 401,
    title: 'The refresh token is not valid',
    prose:
      'The refresh token is unknown, expired, ended, or was used before. Using an old one ends the whole session. Sign in again.',
  },
  invalid_passkey: {
    status: 401,
    title: 'The passkey is not valid',
    denies: 'anyone',
    prose:
      'Nobody here has this passkey, or what it answered does not hold: another page, another service, no look at its owner, or a copy of it was used meanwhile. Sign in another way.',
  },
  invalid_second_factor: {
    status: 401,
    title: 'The second factor is wrong',
    denies: 'anyone',
    prose:
      'The code or the passkey does not belong to this sign-in, was used before, or there were too many wrong ones. Try another one; after a few, begin the sign-in anew and wait a little longer each time.',
  },
  second_factor_required: {
    status: 403,
    title: 'A second factor is needed',
    denies: 'caller',
    prose:
      'The account must have a second factor and has none yet: set one up, and everything else works again. Or it has one, and only its password was given: prove the factor.',
  },
  reauthentication_required: {
    status: 403,
    title: 'A fresh sign-in is needed',
    denies: 'caller',
    prose:
      'This operation is sensitive and needs a sign-in that is younger than ten minutes. Sign in again and repeat it.',
  },
  account_disabled: {
    status: 403,
    title: 'The account is deactivated',
    denies: 'anyone',
    prose:
      'Whoever signs in has proven who they are, but the account was deactivated or removed. Ask an administrator.',
  },
  email_unverified: {
    status: 403,
    title: 'The e-mail address is not verified',
    denies: 'anyone',
    prose:
      'Whoever signs in is known, but this service asks for a verified e-mail address first. A new account by an identity provider takes an address that the provider has verified.',
  },
  sign_up_closed: {
    status: 403,
    title: 'Sign-up is closed',
    prose: 'Accounts are not created by sign-up on this service. Ask an administrator for one.',
  },
  sign_in_method_off: {
    status: 403,
    title: 'This way to sign in is off',
    prose:
      'This service does not offer this way to sign in. Use another one; operators switch it on in the configuration.',
  },
  invalid_link: {
    status: 410,
    title: 'The link works no more',
    prose:
      'The link or code was used before, has expired, was replaced by a newer one, or never existed. Ask for a new one. The answer is the same in all these cases.',
  },
  identity_not_linked: {
    status: 409,
    title: 'The identity is not linked to the account',
    denies: 'anyone',
    prose:
      'An account has the address of this identity. An address alone opens no account: sign in to it another way, and link the identity with the same code, within ten minutes.',
  },
  identity_taken: {
    status: 409,
    title: 'The identity is linked to another account',
    denies: 'caller',
    prose:
      'Each identity at a provider signs in to one account. Unlink it there first, or use another identity.',
  },
  too_many_identities: {
    status: 409,
    title: 'The account has too many identities',
    prose: 'An account can have 50 identities. Unlink one that is not used any more.',
  },
  last_sign_in_method: {
    status: 409,
    title: 'The last way to sign in stays',
    prose:
      'The account has neither a password nor another passkey or identity: nobody could sign in to it any more. Add another way first.',
  },
  provider_failed: {
    status: 502,
    title: 'The identity provider does not answer as it should',
    prose:
      'The provider cannot be reached, or its answer is none that can be trusted. Nothing was done. Try again later, or sign in another way; the log says what happened.',
  },
  invalid_logout_token: {
    status: 400,
    title: 'The logout token is not taken',
    denies: 'anyone',
    prose:
      'What was posted is no logout token of this provider, or not for this service; it has expired, was used before, or could not be checked because the provider does not publish its keys. No session ended. Whoever operates the service finds the reason in the log.',
  },
} as const satisfies Record<string, ProblemKind>;
