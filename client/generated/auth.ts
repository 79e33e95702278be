// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { Operation } from '../runtime/operation.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  Credentials,
  CurrentSession,
  RefreshRequest,
  Registered,
  Registration,
  RegistrationReceived,
  Revoked,
  SignedIn,
  TokenPair,
  TokenToRevoke,
} from './schemas.ts';

export interface AuthRegisterInput {
  body: Registration;
}

export type AuthRegisterAnswer =
  | {
      ok: true;
      status: 201;
      body: Registered;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: RegistrationReceived;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'cross_site_request' | 'sign_up_closed'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'username_taken'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authRegisterOperation: Operation = {
  method: 'POST',
  path: '/api/v1/auth/register',
  answers: { 201: 'json', 202: 'json' },
};

/**
 * Sign up.
 *
 * Creates an account. 201 with the account where this service tells that an address is
 * taken (`SIGN_UP_ANSWER=conflict`), else 202 with the same answer in every case: the
 * account begins when its address is proven.
 *
 * `POST /api/v1/auth/register`. Anyone may call it.
 */
export function authRegister(
  connection: Connection,
  input: AuthRegisterInput,
  options?: CallOptions,
): Promise<AuthRegisterAnswer> {
  return call(connection, authRegisterOperation, input, options);
}

export interface AuthLoginInput {
  body: Credentials;
}

export type AuthLoginAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_credentials'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authLoginOperation: Operation = {
  method: 'POST',
  path: '/api/v1/auth/login',
  answers: { 200: 'json' },
  credentials: 'keep',
};

/**
 * Sign in.
 *
 * Starts a session by e-mail or username and password, delivered as a cookie or as tokens.
 *
 * `POST /api/v1/auth/login`. Anyone may call it.
 */
export function authLogin(
  connection: Connection,
  input: AuthLoginInput,
  options?: CallOptions,
): Promise<AuthLoginAnswer> {
  return call(connection, authLoginOperation, input, options);
}

export interface AuthRefreshInput {
  body: RefreshRequest;
}

export type AuthRefreshAnswer =
  | {
      ok: true;
      status: 200;
      body: TokenPair;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_refresh_token'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authRefreshOperation: Operation = {
  method: 'POST',
  path: '/api/v1/auth/refresh',
  answers: { 200: 'json' },
  credentials: 'keep',
};

/**
 * Refresh the tokens.
 *
 * Exchanges the refresh token for the next pair. Callers that race get the same pair; a
 * token that was used before ends the session.
 *
 * `POST /api/v1/auth/refresh`. Anyone may call it.
 */
export function authRefresh(
  connection: Connection,
  input: AuthRefreshInput,
  options?: CallOptions,
): Promise<AuthRefreshAnswer> {
  return call(connection, authRefreshOperation, input, options);
}

export interface AuthRevokeInput {
  body: TokenToRevoke;
}

export type AuthRevokeAnswer =
  | {
      ok: true;
      status: 200;
      body: Revoked;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authRevokeOperation: Operation = {
  method: 'POST',
  path: '/api/v1/auth/revoke',
  answers: { 200: 'json' },
  isForm: true,
};

/**
 * Revoke a token.
 *
 * Ends the session of an access or a refresh token, after RFC 7009: form-encoded, and 200
 * whatever the token is.
 *
 * `POST /api/v1/auth/revoke`. Anyone may call it.
 */
export function authRevoke(
  connection: Connection,
  input: AuthRevokeInput,
  options?: CallOptions,
): Promise<AuthRevokeAnswer> {
  return call(connection, authRevokeOperation, input, options);
}

export type AuthLogoutInput = Record<string, never>;

export type AuthLogoutAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authLogoutOperation: Operation = {
  method: 'POST',
  path: '/api/v1/auth/logout',
  answers: { 204: 'empty' },
  credentials: 'forget',
};

/**
 * Sign out.
 *
 * Ends the session of this request: its cookie and its tokens stop working.
 *
 * `POST /api/v1/auth/logout`. Needs a sign-in.
 */
export function authLogout(
  connection: Connection,
  input?: AuthLogoutInput,
  options?: CallOptions,
): Promise<AuthLogoutAnswer> {
  return call(connection, authLogoutOperation, input, options);
}

export type AuthSessionInput = Record<string, never>;

export type AuthSessionAnswer =
  | {
      ok: true;
      status: 200;
      body: CurrentSession;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

const authSessionOperation: Operation = {
  method: 'GET',
  path: '/api/v1/auth/session',
  answers: { 200: 'json' },
};

/**
 * Get the current session.
 *
 * Answers the session of this request and the account it belongs to.
 *
 * `GET /api/v1/auth/session`. Needs a sign-in.
 */
export function authSession(
  connection: Connection,
  input?: AuthSessionInput,
  options?: CallOptions,
): Promise<AuthSessionAnswer> {
  return call(connection, authSessionOperation, input, options);
}

/** Sign up, sign in by cookie or tokens, refresh, sign out. */
export interface AuthClient {
  /**
   * Sign up.
   *
   * Creates an account. 201 with the account where this service tells that an address is
   * taken (`SIGN_UP_ANSWER=conflict`), else 202 with the same answer in every case: the
   * account begins when its address is proven.
   *
   * `POST /api/v1/auth/register`. Anyone may call it.
   */
  register(input: AuthRegisterInput, options?: CallOptions): Promise<AuthRegisterAnswer>;

  /**
   * Sign in.
   *
   * Starts a session by e-mail or username and password, delivered as a cookie or as tokens.
   *
   * `POST /api/v1/auth/login`. Anyone may call it.
   */
  login(input: AuthLoginInput, options?: CallOptions): Promise<AuthLoginAnswer>;

  /**
   * Refresh the tokens.
   *
   * Exchanges the refresh token for the next pair. Callers that race get the same pair; a
   * token that was used before ends the session.
   *
   * `POST /api/v1/auth/refresh`. Anyone may call it.
   */
  refresh(input: AuthRefreshInput, options?: CallOptions): Promise<AuthRefreshAnswer>;

  /**
   * Revoke a token.
   *
   * Ends the session of an access or a refresh token, after RFC 7009: form-encoded, and 200
   * whatever the token is.
   *
   * `POST /api/v1/auth/revoke`. Anyone may call it.
   */
  revoke(input: AuthRevokeInput, options?: CallOptions): Promise<AuthRevokeAnswer>;

  /**
   * Sign out.
   *
   * Ends the session of this request: its cookie and its tokens stop working.
   *
   * `POST /api/v1/auth/logout`. Needs a sign-in.
   */
  logout(input?: AuthLogoutInput, options?: CallOptions): Promise<AuthLogoutAnswer>;

  /**
   * Get the current session.
   *
   * Answers the session of this request and the account it belongs to.
   *
   * `GET /api/v1/auth/session`. Needs a sign-in.
   */
  session(input?: AuthSessionInput, options?: CallOptions): Promise<AuthSessionAnswer>;
}

/** Sign up, sign in by cookie or tokens, refresh, sign out. */
export function authClient(connection: Connection): AuthClient {
  return {
    register: (input, options) => authRegister(connection, input, options),
    login: (input, options) => authLogin(connection, input, options),
    refresh: (input, options) => authRefresh(connection, input, options),
    revoke: (input, options) => authRevoke(connection, input, options),
    logout: (input, options) => authLogout(connection, input, options),
    session: (input, options) => authSession(connection, input, options),
  };
}
