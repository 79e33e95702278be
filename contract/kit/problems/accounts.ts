import type { ProblemKind } from './kind.ts';

/** Accounts, their factors and their roles. */
export const accountProblems = {
  email_taken: {
    status: 409,
    title: 'The e-mail address is taken',
    prose: 'Another account uses this e-mail address.',
  },
  username_taken: {
    status: 409,
    title: 'The username is taken',
    prose: 'Another account uses this username. Case does not matter.',
  },
  role_name_taken: {
    status: 409,
    title: 'The role name is taken',
    prose: 'Another role has this name. Choose another one, or change that role instead.',
  },
  service_account_name_taken: {
    status: 409,
    title: 'The name of the service account is taken',
    prose: 'Another service account has this name. Choose another one.',
  },
  too_many_roles: {
    status: 409,
    title: 'The account has too many roles',
    prose:
      'An account can have 50 roles. Take one of them first, or put permissions together in one role.',
  },
  account_inactive: {
    status: 409,
    title: 'The account is deactivated',
    prose: 'Nobody can sign in to this account. Activate it first.',
  },
  second_factor_exists: {
    status: 409,
    title: 'There is one already',
    prose:
      'The account has an authenticator app already. Remove that one before another is set up.',
  },
  second_factor_missing: {
    status: 409,
    title: 'There is nothing to confirm',
    prose:
      'There is nothing to confirm: the set-up was never begun, was confirmed already, or is too long ago. Begin anew.',
  },
  passkey_exists: {
    status: 409,
    title: 'There is this passkey already',
    prose: 'The passkey belongs to an account already, this one or another. Use another device.',
  },
  too_many_passkeys: {
    status: 409,
    title: 'The account has too many passkeys',
    prose: 'An account can have 50 passkeys. Remove one that is not used any more.',
  },
} as const satisfies Record<string, ProblemKind>;
