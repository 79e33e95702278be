import type { ProblemKind } from './kind.ts';

/** Keys, and the refusals of RFC 6749, whose codes are not ours to choose. */
export const tokenProblems = {
  unsupported_grant_type: {
    status: 400,
    title: 'There is no such grant',
    prose:
      'Tokens are given for `grant_type=client_credentials` only. People sign in, and refresh the tokens that they get.',
  },
  invalid_scope: {
    status: 400,
    title: 'The scope is not one of the key',
    prose:
      'A token is good for what its API key is good for, or for less. `scope` names permissions, separated by one space, and one of these is none of the key, or there is no such permission.',
  },
  unauthorized_client: {
    status: 400,
    title: 'This client gets no tokens this way',
    denies: 'anyone',
    prose:
      'The key is good, but it is the key of a person. Only service accounts get tokens for their keys: send the key itself as `Authorization: Bearer …`.',
  },
  invalid_client: {
    status: 401,
    title: 'The client is not known',
    denies: 'anyone',
    prose:
      'There is no such service account, it was deactivated, or the secret is none of its API keys that work. The answer is the same in all these cases.',
  },
  too_many_api_keys: {
    status: 409,
    title: 'There are too many API keys',
    prose: 'There can be 50 API keys at a time. Revoke one that is not used any more.',
  },
  api_key_ended: {
    status: 409,
    title: 'The API key has ended',
    prose:
      'The API key was rotated or revoked, or has expired: it cannot be rotated any more. Create another one.',
  },
} as const satisfies Record<string, ProblemKind>;
