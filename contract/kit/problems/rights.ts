import type { ProblemKind } from './kind.ts';

/** What the caller may not do, or nobody may. */
export const rightsProblems = {
  permission_denied: {
    status: 403,
    title: 'Not allowed',
    denies: 'caller',
    prose:
      'The account is signed in, but its roles do not grant what this operation needs, or it concerns an account or a role that is beyond them. `x-permission` in the OpenAPI document names the permission.',
  },
  people_only: {
    status: 403,
    title: 'Only for people who are signed in',
    denies: 'caller',
    prose:
      'The operation is about the own account and its sign-ins. An API key or a service account may call what takes a permission, within its scopes, and nothing else. Sign in as a person.',
  },
  impersonation_denied: {
    status: 403,
    title: 'Only by the person themselves',
    denies: 'caller',
    prose:
      'Somebody acts as this account, and what they asked for is its owner’s alone: passwords, second factors, addresses, sessions, and whatever takes a recent sign-in. `x-in-person` in the OpenAPI document marks such operations. Act as yourself again: `DELETE /api/v1/impersonation`.',
  },
  not_impersonating: {
    status: 409,
    title: 'The session is the own one',
    prose: 'The session of this request acts as nobody else, so that there is nothing to end.',
  },
  own_account_protected: {
    status: 403,
    title: 'Not with your own account',
    denies: 'caller',
    prose:
      'Nobody changes their own roles, removes a role that they have, deactivates or removes their own account. Ask another administrator.',
  },
  system_role_protected: {
    status: 409,
    title: 'System roles are protected',
    denies: 'caller',
    prose:
      'System roles keep their name and cannot be removed, and the role `admin` grants every permission. Create a role of your own instead.',
  },
  last_administrator: {
    status: 409,
    title: 'The last administrator stays',
    denies: 'caller',
    prose:
      'This would leave the service without an administrator. Make another account an administrator first.',
  },
} as const satisfies Record<string, ProblemKind>;
