// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  OidcBackChannelLogoutAnswer,
  OidcBackChannelLogoutInput,
  OidcCallbackAnswer,
  OidcCallbackInput,
  OidcExchangeAnswer,
  OidcExchangeInput,
  OidcLinkAnswer,
  OidcLinkInput,
  OidcLogoutAnswer,
  OidcLogoutInput,
  OidcProvidersAnswer,
  OidcProvidersInput,
  OidcStartAnswer,
  OidcStartInput,
  OidcStartLinkAnswer,
  OidcStartLinkInput,
} from '../oidc.ts';
import * as examples from './examples.ts';

/** Handlers of `oidc`. */
export interface OidcMock<Handler> {
  /**
   * List the identity providers.
   *
   * `GET /api/v1/auth/providers`. Anyone may call it.
   */
  providers(reply?: Reply<OidcProvidersInput, OidcProvidersAnswer>): Handler;
  /**
   * Begin to sign in with a provider.
   *
   * `POST /api/v1/auth/oidc/start`. Anyone may call it.
   */
  start(reply?: Reply<OidcStartInput, OidcStartAnswer>): Handler;
  /**
   * Come back from a provider.
   *
   * `GET /api/v1/auth/oidc/callback/{provider}`. Anyone may call it.
   */
  callback(reply?: Reply<OidcCallbackInput, OidcCallbackAnswer>): Handler;
  /**
   * Sign in with the code of a provider.
   *
   * `POST /api/v1/auth/oidc/exchange`. Anyone may call it.
   */
  exchange(reply?: Reply<OidcExchangeInput, OidcExchangeAnswer>): Handler;
  /**
   * Sign out here and at the provider.
   *
   * `POST /api/v1/auth/oidc/logout`. Needs a sign-in.
   */
  logout(reply?: Reply<OidcLogoutInput, OidcLogoutAnswer>): Handler;
  /**
   * Hear that a session at a provider has ended.
   *
   * `POST /api/v1/auth/oidc/back-channel-logout/{provider}`. Anyone may call it.
   */
  backChannelLogout(reply?: Reply<OidcBackChannelLogoutInput, OidcBackChannelLogoutAnswer>): Handler;
  /**
   * Begin to link an identity.
   *
   * `POST /api/v1/auth/oidc/link/start`. Needs a sign-in.
   */
  startLink(reply?: Reply<OidcStartLinkInput, OidcStartLinkAnswer>): Handler;
  /**
   * Link an identity.
   *
   * `POST /api/v1/auth/oidc/link`. Needs a sign-in.
   */
  link(reply?: Reply<OidcLinkInput, OidcLinkAnswer>): Handler;
}

export const oidcSketches: Sketches = {
  providers: {
    method: 'get',
    path: '/api/v1/auth/providers',
    status: 200,
    examples: [examples.Providers],
  },
  start: {
    method: 'post',
    path: '/api/v1/auth/oidc/start',
    status: 200,
    examples: [examples.ProviderStarted, examples.ProviderStarted2],
  },
  callback: {
    method: 'get',
    path: '/api/v1/auth/oidc/callback/:provider',
    status: 303,
  },
  exchange: {
    method: 'post',
    path: '/api/v1/auth/oidc/exchange',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  logout: {
    method: 'post',
    path: '/api/v1/auth/oidc/logout',
    status: 200,
    examples: [examples.ProviderLoggedOut],
  },
  backChannelLogout: {
    method: 'post',
    path: '/api/v1/auth/oidc/back-channel-logout/:provider',
    status: 200,
    examples: [examples.LogoutNoted],
  },
  startLink: {
    method: 'post',
    path: '/api/v1/auth/oidc/link/start',
    status: 200,
    examples: [examples.ProviderStarted, examples.ProviderStarted2],
  },
  link: {
    method: 'post',
    path: '/api/v1/auth/oidc/link',
    status: 200,
    examples: [examples.Identity],
  },
};
