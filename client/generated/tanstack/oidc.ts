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
  type OidcBackChannelLogoutAnswer,
  type OidcBackChannelLogoutInput,
  type OidcExchangeAnswer,
  type OidcExchangeInput,
  type OidcLinkAnswer,
  type OidcLinkInput,
  type OidcLogoutAnswer,
  type OidcLogoutInput,
  type OidcProvidersAnswer,
  type OidcStartAnswer,
  type OidcStartInput,
  type OidcStartLinkAnswer,
  type OidcStartLinkInput,
  oidcBackChannelLogout,
  oidcExchange,
  oidcLink,
  oidcLogout,
  oidcProviders,
  oidcStart,
  oidcStartLink,
} from '../oidc.ts';

/** Everything that was asked of `oidc`. */
export const oidcKey: Key = keyOf('oidc');

/** What the keys of `oidcProvidersOptions` begin with. */
export function oidcProvidersKey(): Key {
  return keyOf('oidc', 'providers');
}

/**
 * List the identity providers.
 *
 * `GET /api/v1/auth/providers`. Anyone may call it.
 */
export function oidcProvidersOptions(connection: Connection): Query<OidcProvidersAnswer> {
  return query(['oidc', 'providers'], oidcProviders, connection, {});
}

/**
 * Begin to sign in with a provider.
 *
 * `POST /api/v1/auth/oidc/start`. Anyone may call it.
 */
export function oidcStartMutation(
  connection: Connection,
): Mutation<OidcStartInput, OidcStartAnswer> {
  return mutation(['oidc', 'start'], oidcStart, connection);
}

/**
 * Sign in with the code of a provider.
 *
 * `POST /api/v1/auth/oidc/exchange`. Anyone may call it.
 */
export function oidcExchangeMutation(
  connection: Connection,
): Mutation<OidcExchangeInput, OidcExchangeAnswer> {
  return mutation(['oidc', 'exchange'], oidcExchange, connection, [keyOf()]);
}

/**
 * Sign out here and at the provider.
 *
 * `POST /api/v1/auth/oidc/logout`. Needs a sign-in.
 */
export function oidcLogoutMutation(
  connection: Connection,
): Mutation<OidcLogoutInput, OidcLogoutAnswer> {
  return mutation(['oidc', 'logout'], oidcLogout, connection, [keyOf()]);
}

/**
 * Hear that a session at a provider has ended.
 *
 * `POST /api/v1/auth/oidc/back-channel-logout/{provider}`. Anyone may call it.
 */
export function oidcBackChannelLogoutMutation(
  connection: Connection,
): Mutation<OidcBackChannelLogoutInput, OidcBackChannelLogoutAnswer> {
  return mutation(['oidc', 'backChannelLogout'], oidcBackChannelLogout, connection);
}

/**
 * Begin to link an identity.
 *
 * `POST /api/v1/auth/oidc/link/start`. Needs a sign-in.
 */
export function oidcStartLinkMutation(
  connection: Connection,
): Mutation<OidcStartLinkInput, OidcStartLinkAnswer> {
  return mutation(['oidc', 'startLink'], oidcStartLink, connection);
}

/**
 * Link an identity.
 *
 * `POST /api/v1/auth/oidc/link`. Needs a sign-in.
 */
export function oidcLinkMutation(connection: Connection): Mutation<OidcLinkInput, OidcLinkAnswer> {
  return mutation(['oidc', 'link'], oidcLink, connection);
}
