import * as z from 'zod';
import { findingCodes } from './findings.ts';
import { shown } from './scalars.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What it means and what to do: the text of the code's documentation page. */
  readonly prose: string;
  /** A denial that is audited: `anyone` always, `caller` only when it is known who called. */
  readonly denies?: 'anyone' | 'caller';
}

/** Every error code of the API. A code that is not here cannot be answered. */
export const problems = {
  malformed_request: {
    status: 400,
    title: 'The request cannot be read',
    prose:
      'The body is not valid JSON in UTF-8, or the path holds a broken percent-encoding. Nothing was done. Correct the request; the same bytes will fail again.',
  },
  invalid_logout_token: {
    status: 400,
    title: 'The logout token is not taken',
    denies: 'anyone',
    prose:
      'What was posted is no logout token of this provider, or not for this service; it has expired, was used before, or could not be checked because the provider does not publish its keys. No session ended. Whoever operates the service finds the reason in the log.',
  },
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
  reauthentication_required: {
    status: 403,
    title: 'A fresh sign-in is needed',
    denies: 'caller',
    prose:
      'This operation is sensitive and needs a sign-in that is younger than ten minutes. Sign in again and repeat it.',
  },
  cross_site_request: {
    status: 403,
    title: 'The request comes from another site',
    denies: 'anyone',
    prose:
      'A browser sent this request from an origin that is not allowed to act with the cookie. Add the origin to `CORS_ORIGINS`, or use a bearer token.',
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
  impersonation_denied: {
    status: 403,
    title: 'Only by the person themselves',
    denies: 'caller',
    prose:
      'Somebody acts as this account, and what they asked for is its owner’s alone: passwords, second factors, addresses, sessions, and whatever takes a recent sign-in. `x-in-person` in the OpenAPI document marks such operations. Act as yourself again: `DELETE /api/v1/impersonation`.',
  },
  own_account_protected: {
    status: 403,
    title: 'Not with your own account',
    denies: 'caller',
    prose:
      'Nobody changes their own roles, removes a role that they have, deactivates or removes their own account. Ask another administrator.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    prose:
      'There is nothing under this address, or nothing that you may know of. The answer is the same in both cases.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    prose: 'The address exists, but not with this method. The `Allow` header lists the methods.',
  },
  not_acceptable: {
    status: 406,
    title: 'No acceptable representation',
    prose: 'The API answers in JSON, and the `Accept` header rules JSON out.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    prose: 'The connection was open, but the request did not arrive in time. Send it again.',
  },
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
  not_impersonating: {
    status: 409,
    title: 'The session is the own one',
    prose: 'The session of this request acts as nobody else, so that there is nothing to end.',
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
  invalid_link: {
    status: 410,
    title: 'The link works no more',
    prose:
      'The link or code was used before, has expired, was replaced by a newer one, or never existed. Ask for a new one. The answer is the same in all these cases.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    prose: 'The request body is larger than this service reads.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is of an unsupported type',
    prose:
      'Send the body as `Content-Type: application/json` in UTF-8 and without a content encoding.',
  },
  validation_failed: {
    status: 422,
    title: 'The input breaks a rule',
    prose:
      'The request can be read, but something in it breaks a rule. `errors` lists each place and why; it never repeats the value.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    prose: 'Wait as long as `Retry-After` says, in seconds, and repeat the request.',
  },
  unknown_host: {
    status: 421,
    title: 'This service does not answer to that host',
    prose:
      'The `Host` of the request is none of the names under which this service is known. Nothing was done. Use the address in `servers` of the OpenAPI document; operators add names to `ALLOWED_HOSTS`.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    prose: 'The request headers are larger than this service reads. Often a cookie grew too big.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong here',
    prose:
      'The mistake is ours. Quote the `requestId` when you report it: the log holds the details under the same id.',
  },
  provider_failed: {
    status: 502,
    title: 'The identity provider does not answer as it should',
    prose:
      'The provider cannot be reached, or its answer is none that can be trusted. Nothing was done. Try again later, or sign in another way; the log says what happened.',
  },
  service_unavailable: {
    status: 503,
    title: 'Not available at the moment',
    prose:
      'Something this service depends on does not answer, or it is starting or stopping. Repeat the request after `Retry-After` seconds.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** One broken rule. `path` is dotted, empty for the whole part; the value is never repeated. */
export const InputError = z
  .object({
    in: z.enum(['body', 'query', 'path', 'headers']).describe('The part of the request.'),
    path: shown({ max: 500 }).describe(
      'The dotted place inside that part; empty for the whole part.',
    ),
    code: z.enum(findingCodes).describe('The broken rule, for programs: a closed list.'),
    message: shown({ max: 500 }).describe('The broken rule, for people.'),
  })
  .meta({
    id: 'InputError',
    description: 'One broken rule of the input.',
    examples: [
      { in: 'body', path: 'email', code: 'wrong_format', message: 'This is not an e-mail address' },
    ],
  });
export type InputError = z.infer<typeof InputError>;

/** Every error answer, after RFC 9457. */
export const Problem = z
  .object({
    type: z.url().max(2000).describe('The address of the page that explains the code.'),
    title: shown({ max: 100 }).describe('The code in words.'),
    status: z.int().min(400).max(599).describe('The HTTP status.'),
    detail: shown({ max: 500 }).describe('What happened this time.'),
    code: z.enum(problemCodes).describe('The stable code to program against.'),
    requestId: shown({ max: 128 }).describe(
      'The id of the request, as in the log and in `X-Request-Id`.',
    ),
    errors: z
      .array(InputError)
      .max(100)
      .optional()
      .describe('The broken rules, for invalid input.'),
  })
  .meta({
    id: 'Problem',
    description: 'An error, after RFC 9457.',
    examples: [
      {
        type: 'https://api.example.com/docs/problems/not_found',
        title: problems.not_found.title,
        status: 404,
        detail: 'There is no such user.',
        code: 'not_found',
        requestId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      },
    ],
  });
export type Problem = z.infer<typeof Problem>;
