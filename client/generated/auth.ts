// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { form } from '../runtime/form.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  CookieSignIn,
  Credentials,
  CurrentSession,
  IssuedToken,
  OAuthError,
  PasskeyRequest,
  PasskeySignIn,
  Reauthentication,
  RefreshRequest,
  Registered,
  Registration,
  RegistrationReceived,
  Revoked,
  SecondFactorNeeded,
  SecondFactorProof,
  SignInOptions,
  SignedIn,
  TokenPair,
  TokenRequest,
  TokenSignIn,
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
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/register',
      answers: { 201: 'json', 202: 'json' },
    },
    input,
    options,
  );
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
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
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

export interface AuthLoginCookieInput {
  body: Credentials & {
    delivery: 'cookie';
  };
}

export type AuthLoginCookieAnswer =
  | {
      ok: true;
      status: 200;
      body: CookieSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
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

export interface AuthLoginTokensInput {
  body: Credentials & {
    delivery: 'tokens';
  };
}

export type AuthLoginTokensAnswer =
  | {
      ok: true;
      status: 200;
      body: TokenSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: true;
      status: 202;
      body: SecondFactorNeeded;
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

/**
 * Sign in.
 *
 * Starts a session by e-mail or username and password, delivered as a cookie or as tokens.
 * 202 for an account with a second factor: there is no session before that is proven.
 *
 * `POST /api/v1/auth/login`. Anyone may call it.
 */
export function authLogin(
  connection: Connection,
  input: AuthLoginCookieInput,
  options?: CallOptions,
): Promise<AuthLoginCookieAnswer>;
export function authLogin(
  connection: Connection,
  input: AuthLoginTokensInput,
  options?: CallOptions,
): Promise<AuthLoginTokensAnswer>;
export function authLogin(
  connection: Connection,
  input: AuthLoginInput,
  options?: CallOptions,
): Promise<AuthLoginAnswer>;
export function authLogin(
  connection: Connection,
  input: AuthLoginInput,
  options?: CallOptions,
): Promise<AuthLoginAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/login',
      answers: { 200: 'json', 202: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export interface AuthProveSecondFactorInput {
  body: SecondFactorProof;
}

export type AuthProveSecondFactorAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_second_factor'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Prove the second factor.
 *
 * Ends a sign-in that was answered with 202: exactly one of the factors that it named. A
 * wrong code may be corrected a few times with the same token.
 *
 * `POST /api/v1/auth/second-factor`. Anyone may call it.
 */
export function authProveSecondFactor(
  connection: Connection,
  input: AuthProveSecondFactorInput,
  options?: CallOptions,
): Promise<AuthProveSecondFactorAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/second-factor',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export type AuthPasskeyOptionsInput = Record<string, never>;

export type AuthPasskeyOptionsAnswer =
  | {
      ok: true;
      status: 200;
      body: PasskeyRequest;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Begin to sign in by passkey.
 *
 * What the browser needs to let somebody choose a passkey, for a sign-in or to prove anew
 * who one is. Good once, for five minutes.
 *
 * `POST /api/v1/auth/passkey/options`. Anyone may call it.
 */
export function authPasskeyOptions(
  connection: Connection,
  input?: AuthPasskeyOptionsInput,
  options?: CallOptions,
): Promise<AuthPasskeyOptionsAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/passkey/options',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface AuthPasskeyInput {
  body: PasskeySignIn;
}

export type AuthPasskeyAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_passkey'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export interface AuthPasskeyCookieInput {
  body: PasskeySignIn & {
    delivery: 'cookie';
  };
}

export type AuthPasskeyCookieAnswer =
  | {
      ok: true;
      status: 200;
      body: CookieSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_passkey'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export interface AuthPasskeyTokensInput {
  body: PasskeySignIn & {
    delivery: 'tokens';
  };
}

export type AuthPasskeyTokensAnswer =
  | {
      ok: true;
      status: 200;
      body: TokenSignIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'invalid_passkey'>
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Sign in by passkey.
 *
 * Starts a session by a passkey alone: it is both factors at once, as it has looked at its
 * owner.
 *
 * `POST /api/v1/auth/passkey`. Anyone may call it.
 */
export function authPasskey(
  connection: Connection,
  input: AuthPasskeyCookieInput,
  options?: CallOptions,
): Promise<AuthPasskeyCookieAnswer>;
export function authPasskey(
  connection: Connection,
  input: AuthPasskeyTokensInput,
  options?: CallOptions,
): Promise<AuthPasskeyTokensAnswer>;
export function authPasskey(
  connection: Connection,
  input: AuthPasskeyInput,
  options?: CallOptions,
): Promise<AuthPasskeyAnswer>;
export function authPasskey(
  connection: Connection,
  input: AuthPasskeyInput,
  options?: CallOptions,
): Promise<AuthPasskeyAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/passkey',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export interface AuthReauthenticateInput {
  body: Reauthentication;
}

export type AuthReauthenticateAnswer =
  | {
      ok: true;
      status: 200;
      body: SignedIn;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'people_only'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Prove anew who you are.
 *
 * Makes the sign-in of this request a recent one, as sensitive operations ask for. An
 * account with a second factor proves that, any other one its password. The session goes
 * on with a new cookie or new tokens.
 *
 * `POST /api/v1/auth/reauthenticate`. Needs a sign-in.
 */
export function authReauthenticate(
  connection: Connection,
  input: AuthReauthenticateInput,
  options?: CallOptions,
): Promise<AuthReauthenticateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/reauthenticate',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
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
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/refresh',
      answers: { 200: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export interface AuthTokenInput {
  body: TokenRequest;
}

export type AuthTokenAnswer =
  | {
      ok: true;
      status: 200;
      body: IssuedToken;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 400;
      body: OAuthError & {
        error:
          | 'invalid_request'
          | 'invalid_scope'
          | 'unauthorized_client'
          | 'unsupported_grant_type';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 401;
      body: OAuthError & {
        error: 'invalid_client';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 406;
      body: OAuthError & {
        error: 'invalid_request';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 413;
      body: OAuthError & {
        error: 'invalid_request';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 415;
      body: OAuthError & {
        error: 'invalid_request';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 429;
      body: OAuthError & {
        error: 'temporarily_unavailable';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 500;
      body: OAuthError & {
        error: 'server_error';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 503;
      body: OAuthError & {
        error: 'temporarily_unavailable';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    };

/**
 * Get a token for a program.
 *
 * The client credentials grant (RFC 6749, 4.4). The client is a service account, and its
 * secret one of its API keys: in the form, or by `Authorization: Basic`. The token opens
 * what the key opens, and ends with it. Refusals are those of RFC 6749.
 *
 * `POST /api/v1/auth/token`. Anyone may call it.
 */
export function authToken(
  connection: Connection,
  input: AuthTokenInput,
  options?: CallOptions,
): Promise<AuthTokenAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/token',
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        406: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        500: 'json',
        503: 'json',
      },
    },
    input,
    options,
    undefined,
    form,
  );
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

/**
 * Revoke a token.
 *
 * Ends the session of an access or a refresh token, and of a program the one token, after
 * RFC 7009: form-encoded, and 200 whatever the token is.
 *
 * `POST /api/v1/auth/revoke`. Anyone may call it.
 */
export function authRevoke(
  connection: Connection,
  input: AuthRevokeInput,
  options?: CallOptions,
): Promise<AuthRevokeAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/revoke',
      answers: { 200: 'json' },
    },
    input,
    options,
    undefined,
    form,
  );
}

export type AuthOptionsInput = Record<string, never>;

export type AuthOptionsAnswer =
  | {
      ok: true;
      status: 200;
      body: SignInOptions;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Get the ways to sign in.
 *
 * What a page for signing in and up has to know before anybody is signed in. Passwords and
 * passkeys are always offered; identity providers are listed by `oidc.providers`.
 *
 * `GET /api/v1/auth/options`. Anyone may call it.
 */
export function authOptions(
  connection: Connection,
  input?: AuthOptionsInput,
  options?: CallOptions,
): Promise<AuthOptionsAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/auth/options',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
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
  | Refused<403, 'cross_site_request' | 'people_only'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

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
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/logout',
      answers: { 204: 'empty' },
      credentials: 'forget',
    },
    input,
    options,
  );
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
  | Refused<403, 'people_only'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

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
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/auth/session',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
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
   * 202 for an account with a second factor: there is no session before that is proven.
   *
   * `POST /api/v1/auth/login`. Anyone may call it.
   */
  login(input: AuthLoginCookieInput, options?: CallOptions): Promise<AuthLoginCookieAnswer>;
  /**
   * Sign in.
   *
   * Starts a session by e-mail or username and password, delivered as a cookie or as tokens.
   * 202 for an account with a second factor: there is no session before that is proven.
   *
   * `POST /api/v1/auth/login`. Anyone may call it.
   */
  login(input: AuthLoginTokensInput, options?: CallOptions): Promise<AuthLoginTokensAnswer>;
  /**
   * Sign in.
   *
   * Starts a session by e-mail or username and password, delivered as a cookie or as tokens.
   * 202 for an account with a second factor: there is no session before that is proven.
   *
   * `POST /api/v1/auth/login`. Anyone may call it.
   */
  login(input: AuthLoginInput, options?: CallOptions): Promise<AuthLoginAnswer>;

  /**
   * Prove the second factor.
   *
   * Ends a sign-in that was answered with 202: exactly one of the factors that it named. A
   * wrong code may be corrected a few times with the same token.
   *
   * `POST /api/v1/auth/second-factor`. Anyone may call it.
   */
  proveSecondFactor(
    input: AuthProveSecondFactorInput,
    options?: CallOptions,
  ): Promise<AuthProveSecondFactorAnswer>;

  /**
   * Begin to sign in by passkey.
   *
   * What the browser needs to let somebody choose a passkey, for a sign-in or to prove anew
   * who one is. Good once, for five minutes.
   *
   * `POST /api/v1/auth/passkey/options`. Anyone may call it.
   */
  passkeyOptions(
    input?: AuthPasskeyOptionsInput,
    options?: CallOptions,
  ): Promise<AuthPasskeyOptionsAnswer>;

  /**
   * Sign in by passkey.
   *
   * Starts a session by a passkey alone: it is both factors at once, as it has looked at its
   * owner.
   *
   * `POST /api/v1/auth/passkey`. Anyone may call it.
   */
  passkey(input: AuthPasskeyCookieInput, options?: CallOptions): Promise<AuthPasskeyCookieAnswer>;
  /**
   * Sign in by passkey.
   *
   * Starts a session by a passkey alone: it is both factors at once, as it has looked at its
   * owner.
   *
   * `POST /api/v1/auth/passkey`. Anyone may call it.
   */
  passkey(input: AuthPasskeyTokensInput, options?: CallOptions): Promise<AuthPasskeyTokensAnswer>;
  /**
   * Sign in by passkey.
   *
   * Starts a session by a passkey alone: it is both factors at once, as it has looked at its
   * owner.
   *
   * `POST /api/v1/auth/passkey`. Anyone may call it.
   */
  passkey(input: AuthPasskeyInput, options?: CallOptions): Promise<AuthPasskeyAnswer>;

  /**
   * Prove anew who you are.
   *
   * Makes the sign-in of this request a recent one, as sensitive operations ask for. An
   * account with a second factor proves that, any other one its password. The session goes
   * on with a new cookie or new tokens.
   *
   * `POST /api/v1/auth/reauthenticate`. Needs a sign-in.
   */
  reauthenticate(
    input: AuthReauthenticateInput,
    options?: CallOptions,
  ): Promise<AuthReauthenticateAnswer>;

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
   * Get a token for a program.
   *
   * The client credentials grant (RFC 6749, 4.4). The client is a service account, and its
   * secret one of its API keys: in the form, or by `Authorization: Basic`. The token opens
   * what the key opens, and ends with it. Refusals are those of RFC 6749.
   *
   * `POST /api/v1/auth/token`. Anyone may call it.
   */
  token(input: AuthTokenInput, options?: CallOptions): Promise<AuthTokenAnswer>;

  /**
   * Revoke a token.
   *
   * Ends the session of an access or a refresh token, and of a program the one token, after
   * RFC 7009: form-encoded, and 200 whatever the token is.
   *
   * `POST /api/v1/auth/revoke`. Anyone may call it.
   */
  revoke(input: AuthRevokeInput, options?: CallOptions): Promise<AuthRevokeAnswer>;

  /**
   * Get the ways to sign in.
   *
   * What a page for signing in and up has to know before anybody is signed in. Passwords and
   * passkeys are always offered; identity providers are listed by `oidc.providers`.
   *
   * `GET /api/v1/auth/options`. Anyone may call it.
   */
  options(input?: AuthOptionsInput, options?: CallOptions): Promise<AuthOptionsAnswer>;

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
  return bound<AuthClient>(connection, {
    register: authRegister,
    login: authLogin,
    proveSecondFactor: authProveSecondFactor,
    passkeyOptions: authPasskeyOptions,
    passkey: authPasskey,
    reauthenticate: authReauthenticate,
    refresh: authRefresh,
    token: authToken,
    revoke: authRevoke,
    options: authOptions,
    logout: authLogout,
    session: authSession,
  });
}
