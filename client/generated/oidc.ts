// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { form } from '../runtime/form.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type {
  Identity,
  LinkStart,
  LogoutNoted,
  LogoutNotice,
  OAuthError,
  ProviderCode,
  ProviderLoggedOut,
  ProviderLogout,
  ProviderStart,
  ProviderStarted,
  Providers,
  SecondFactorNeeded,
  SignedIn,
} from './schemas.ts';

export type OidcProvidersInput = Record<string, never>;

export type OidcProvidersAnswer =
  | {
      ok: true;
      status: 200;
      body: Providers;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the identity providers.
 *
 * With whom people can sign in here. Empty where none is configured.
 *
 * `GET /api/v1/auth/providers`. Anyone may call it.
 */
export function oidcProviders(
  connection: Connection,
  input?: OidcProvidersInput,
  options?: CallOptions,
): Promise<OidcProvidersAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/auth/providers',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface OidcStartInput {
  body: ProviderStart;
}

export type OidcStartAnswer =
  | {
      ok: true;
      status: 200;
      body: ProviderStarted;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'cross_site_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<502, 'provider_failed'>
  | Refused<503, 'service_unavailable'>;

/**
 * Begin to sign in with a provider.
 *
 * Answers where to send the browser. It comes back to `redirectTo` with a `code` in the
 * fragment, or an `error`: `access_denied`, `sign_in_expired` or `provider_failed`.
 *
 * `POST /api/v1/auth/oidc/start`. Anyone may call it.
 */
export function oidcStart(
  connection: Connection,
  input: OidcStartInput,
  options?: CallOptions,
): Promise<OidcStartAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/start',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface OidcCallbackInput {
  /** As `GET /auth/providers` names it. */
  provider: string;
  /** Which sign-in comes back. */
  state: string;
  /** Where the provider has proven somebody. */
  code?: string | undefined;
  /** Which provider answers (RFC 9207). */
  iss?: string | undefined;
  /** Where it has not. */
  error?: string | undefined;
}

export type OidcCallbackAnswer =
  | {
      ok: false;
      status: 303;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Come back from a provider.
 *
 * Where a provider sends the browser. It signs nobody in: it leads back to where the
 * sign-in began, with a code for `POST /auth/oidc/exchange`.
 *
 * `GET /api/v1/auth/oidc/callback/{provider}`. Anyone may call it.
 */
export function oidcCallback(
  connection: Connection,
  input: OidcCallbackInput,
  options?: CallOptions,
): Promise<OidcCallbackAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/auth/oidc/callback/{provider}',
      answers: { 303: 'empty' },
    },
    input,
    options,
  );
}

export interface OidcExchangeInput {
  body: ProviderCode;
}

export type OidcExchangeAnswer =
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
  | Refused<403, 'account_disabled' | 'cross_site_request' | 'email_unverified' | 'sign_up_closed'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'identity_not_linked'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Sign in with the code of a provider.
 *
 * Starts a session for whom the provider has proven, or asks for the second factor first
 * (202). Somebody new gets an account where sign-up is open. 409 `identity_not_linked`
 * where the address belongs to an account: whoever signs in to that another way can link
 * the identity with the same code, within ten minutes.
 *
 * `POST /api/v1/auth/oidc/exchange`. Anyone may call it.
 */
export function oidcExchange(
  connection: Connection,
  input: OidcExchangeInput,
  options?: CallOptions,
): Promise<OidcExchangeAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/exchange',
      answers: { 200: 'json', 202: 'json' },
      credentials: 'keep',
    },
    input,
    options,
  );
}

export interface OidcLogoutInput {
  body: ProviderLogout;
}

export type OidcLogoutAnswer =
  | {
      ok: true;
      status: 200;
      body: ProviderLoggedOut;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'people_only'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Sign out here and at the provider.
 *
 * Ends the session of this request, as `POST /auth/logout` does, and answers where to send
 * the browser to sign out at the provider as well. `url` is null for a session that began
 * another way, and where the provider offers no sign-out or does not answer.
 *
 * `POST /api/v1/auth/oidc/logout`. Needs a sign-in.
 */
export function oidcLogout(
  connection: Connection,
  input: OidcLogoutInput,
  options?: CallOptions,
): Promise<OidcLogoutAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/logout',
      answers: { 200: 'json' },
      credentials: 'forget',
    },
    input,
    options,
  );
}

export interface OidcBackChannelLogoutInput {
  /** As `GET /auth/providers` names it. */
  provider: string;
  body: LogoutNotice;
}

export type OidcBackChannelLogoutAnswer =
  | {
      ok: true;
      status: 200;
      body: LogoutNoted;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 400;
      body: OAuthError & {
        error: 'invalid_request';
      };
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 404;
      body: OAuthError & {
        error: 'invalid_request';
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
 * Hear that a session at a provider has ended.
 *
 * Where a provider tells that somebody has signed out there (OpenID Connect Back-Channel
 * Logout 1.0): every session that began from it ends. 200 also where there is none.
 * Refusals are those of RFC 6749.
 *
 * `POST /api/v1/auth/oidc/back-channel-logout/{provider}`. Anyone may call it.
 */
export function oidcBackChannelLogout(
  connection: Connection,
  input: OidcBackChannelLogoutInput,
  options?: CallOptions,
): Promise<OidcBackChannelLogoutAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/back-channel-logout/{provider}',
      answers: {
        200: 'json',
        400: 'json',
        404: 'json',
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

export interface OidcStartLinkInput {
  body: LinkStart;
}

export type OidcStartLinkAnswer =
  | {
      ok: true;
      status: 200;
      body: ProviderStarted;
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
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<502, 'provider_failed'>
  | Refused<503, 'service_unavailable'>;

/**
 * Begin to link an identity.
 *
 * As the start of a sign-in, for somebody who is signed in: what comes back is linked to
 * the own account.
 *
 * `POST /api/v1/auth/oidc/link/start`. Needs a sign-in.
 */
export function oidcStartLink(
  connection: Connection,
  input: OidcStartLinkInput,
  options?: CallOptions,
): Promise<OidcStartLinkAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/link/start',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface OidcLinkInput {
  body: ProviderCode;
}

export type OidcLinkAnswer =
  | {
      ok: true;
      status: 200;
      body: Identity;
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
  | Refused<409, 'identity_taken' | 'too_many_identities'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Link an identity.
 *
 * Links what the provider has proven to the own account: from now on it signs in by it,
 * too. The owner is told by mail.
 *
 * `POST /api/v1/auth/oidc/link`. Needs a sign-in.
 */
export function oidcLink(
  connection: Connection,
  input: OidcLinkInput,
  options?: CallOptions,
): Promise<OidcLinkAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/auth/oidc/link',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/** Signing in with an identity provider, by OpenID Connect or OAuth. */
export interface OidcClient {
  /**
   * List the identity providers.
   *
   * With whom people can sign in here. Empty where none is configured.
   *
   * `GET /api/v1/auth/providers`. Anyone may call it.
   */
  providers(input?: OidcProvidersInput, options?: CallOptions): Promise<OidcProvidersAnswer>;

  /**
   * Begin to sign in with a provider.
   *
   * Answers where to send the browser. It comes back to `redirectTo` with a `code` in the
   * fragment, or an `error`: `access_denied`, `sign_in_expired` or `provider_failed`.
   *
   * `POST /api/v1/auth/oidc/start`. Anyone may call it.
   */
  start(input: OidcStartInput, options?: CallOptions): Promise<OidcStartAnswer>;

  /**
   * Come back from a provider.
   *
   * Where a provider sends the browser. It signs nobody in: it leads back to where the
   * sign-in began, with a code for `POST /auth/oidc/exchange`.
   *
   * `GET /api/v1/auth/oidc/callback/{provider}`. Anyone may call it.
   */
  callback(input: OidcCallbackInput, options?: CallOptions): Promise<OidcCallbackAnswer>;

  /**
   * Sign in with the code of a provider.
   *
   * Starts a session for whom the provider has proven, or asks for the second factor first
   * (202). Somebody new gets an account where sign-up is open. 409 `identity_not_linked`
   * where the address belongs to an account: whoever signs in to that another way can link
   * the identity with the same code, within ten minutes.
   *
   * `POST /api/v1/auth/oidc/exchange`. Anyone may call it.
   */
  exchange(input: OidcExchangeInput, options?: CallOptions): Promise<OidcExchangeAnswer>;

  /**
   * Sign out here and at the provider.
   *
   * Ends the session of this request, as `POST /auth/logout` does, and answers where to send
   * the browser to sign out at the provider as well. `url` is null for a session that began
   * another way, and where the provider offers no sign-out or does not answer.
   *
   * `POST /api/v1/auth/oidc/logout`. Needs a sign-in.
   */
  logout(input: OidcLogoutInput, options?: CallOptions): Promise<OidcLogoutAnswer>;

  /**
   * Hear that a session at a provider has ended.
   *
   * Where a provider tells that somebody has signed out there (OpenID Connect Back-Channel
   * Logout 1.0): every session that began from it ends. 200 also where there is none.
   * Refusals are those of RFC 6749.
   *
   * `POST /api/v1/auth/oidc/back-channel-logout/{provider}`. Anyone may call it.
   */
  backChannelLogout(
    input: OidcBackChannelLogoutInput,
    options?: CallOptions,
  ): Promise<OidcBackChannelLogoutAnswer>;

  /**
   * Begin to link an identity.
   *
   * As the start of a sign-in, for somebody who is signed in: what comes back is linked to
   * the own account.
   *
   * `POST /api/v1/auth/oidc/link/start`. Needs a sign-in.
   */
  startLink(input: OidcStartLinkInput, options?: CallOptions): Promise<OidcStartLinkAnswer>;

  /**
   * Link an identity.
   *
   * Links what the provider has proven to the own account: from now on it signs in by it,
   * too. The owner is told by mail.
   *
   * `POST /api/v1/auth/oidc/link`. Needs a sign-in.
   */
  link(input: OidcLinkInput, options?: CallOptions): Promise<OidcLinkAnswer>;
}

/** Signing in with an identity provider, by OpenID Connect or OAuth. */
export function oidcClient(connection: Connection): OidcClient {
  return bound<OidcClient>(connection, {
    providers: oidcProviders,
    start: oidcStart,
    callback: oidcCallback,
    exchange: oidcExchange,
    logout: oidcLogout,
    backChannelLogout: oidcBackChannelLogout,
    startLink: oidcStartLink,
    link: oidcLink,
  });
}
