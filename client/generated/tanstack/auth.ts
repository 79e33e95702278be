// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Query,
  keyOf,
  mutation,
  query,
} from '../../runtime/queries.ts';
import {
  type AuthLoginAnswer,
  type AuthLoginInput,
  type AuthLogoutAnswer,
  type AuthOptionsAnswer,
  type AuthPasskeyAnswer,
  type AuthPasskeyInput,
  type AuthPasskeyOptionsAnswer,
  type AuthProveSecondFactorAnswer,
  type AuthProveSecondFactorInput,
  type AuthReauthenticateAnswer,
  type AuthReauthenticateInput,
  type AuthRefreshAnswer,
  type AuthRefreshInput,
  type AuthRegisterAnswer,
  type AuthRegisterInput,
  type AuthRevokeAnswer,
  type AuthRevokeInput,
  type AuthSessionAnswer,
  type AuthTokenAnswer,
  type AuthTokenInput,
  authLogin,
  authLogout,
  authOptions,
  authPasskey,
  authPasskeyOptions,
  authProveSecondFactor,
  authReauthenticate,
  authRefresh,
  authRegister,
  authRevoke,
  authSession,
  authToken,
} from '../auth.ts';

/** Everything that was asked of `auth`. */
export const authKey: Key = keyOf('auth');

/**
 * Sign up.
 *
 * `POST /api/v1/auth/register`. Anyone may call it.
 */
export function authRegisterMutation(
  connection: Connection,
): Mutation<AuthRegisterInput, AuthRegisterAnswer> {
  return mutation(['auth', 'register'], authRegister, connection);
}

/**
 * Sign in.
 *
 * `POST /api/v1/auth/login`. Anyone may call it.
 */
export function authLoginMutation(
  connection: Connection,
): Mutation<AuthLoginInput, AuthLoginAnswer> {
  return mutation(['auth', 'login'], authLogin, connection, [keyOf()]);
}

/**
 * Prove the second factor.
 *
 * `POST /api/v1/auth/second-factor`. Anyone may call it.
 */
export function authProveSecondFactorMutation(
  connection: Connection,
): Mutation<AuthProveSecondFactorInput, AuthProveSecondFactorAnswer> {
  return mutation(['auth', 'proveSecondFactor'], authProveSecondFactor, connection, [keyOf()]);
}

/**
 * Begin to sign in by passkey.
 *
 * `POST /api/v1/auth/passkey/options`. Anyone may call it.
 */
export function authPasskeyOptionsMutation(
  connection: Connection,
): Mutation<void, AuthPasskeyOptionsAnswer> {
  return mutation(['auth', 'passkeyOptions'], authPasskeyOptions, connection);
}

/**
 * Sign in by passkey.
 *
 * `POST /api/v1/auth/passkey`. Anyone may call it.
 */
export function authPasskeyMutation(
  connection: Connection,
): Mutation<AuthPasskeyInput, AuthPasskeyAnswer> {
  return mutation(['auth', 'passkey'], authPasskey, connection, [keyOf()]);
}

/**
 * Prove anew who you are.
 *
 * `POST /api/v1/auth/reauthenticate`. Needs a sign-in.
 */
export function authReauthenticateMutation(
  connection: Connection,
): Mutation<AuthReauthenticateInput, AuthReauthenticateAnswer> {
  return mutation(['auth', 'reauthenticate'], authReauthenticate, connection, [keyOf()]);
}

/**
 * Refresh the tokens.
 *
 * `POST /api/v1/auth/refresh`. Anyone may call it.
 */
export function authRefreshMutation(
  connection: Connection,
): Mutation<AuthRefreshInput, AuthRefreshAnswer> {
  return mutation(['auth', 'refresh'], authRefresh, connection, [keyOf()]);
}

/**
 * Get a token for a program.
 *
 * `POST /api/v1/auth/token`. Anyone may call it.
 */
export function authTokenMutation(
  connection: Connection,
): Mutation<AuthTokenInput, AuthTokenAnswer> {
  return mutation(['auth', 'token'], authToken, connection);
}

/**
 * Revoke a token.
 *
 * `POST /api/v1/auth/revoke`. Anyone may call it.
 */
export function authRevokeMutation(
  connection: Connection,
): Mutation<AuthRevokeInput, AuthRevokeAnswer> {
  return mutation(['auth', 'revoke'], authRevoke, connection);
}

/** What the keys of `authOptionsOptions` begin with. */
export function authOptionsKey(): Key {
  return keyOf('auth', 'options');
}

/**
 * Get the ways to sign in.
 *
 * `GET /api/v1/auth/options`. Anyone may call it.
 */
export function authOptionsOptions(connection: Connection): Query<AuthOptionsAnswer> {
  return query(['auth', 'options'], authOptions, connection, {});
}

/**
 * Sign out.
 *
 * `POST /api/v1/auth/logout`. Needs a sign-in.
 */
export function authLogoutMutation(connection: Connection): Mutation<void, AuthLogoutAnswer> {
  return mutation(['auth', 'logout'], authLogout, connection, [keyOf()]);
}

/** What the keys of `authSessionOptions` begin with. */
export function authSessionKey(): Key {
  return keyOf('auth', 'session');
}

/**
 * Get the current session.
 *
 * `GET /api/v1/auth/session`. Needs a sign-in.
 */
export function authSessionOptions(connection: Connection): Query<AuthSessionAnswer> {
  return query(['auth', 'session'], authSession, connection, {});
}
