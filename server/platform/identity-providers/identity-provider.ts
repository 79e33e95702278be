import type { ProviderUpkeep } from '../../config/provider-upkeep.ts';
import type { Silent } from './silence.ts';

/**
 * One configured provider that people sign in with. It knows the protocol, and no account. What it
 * throws is a `ProviderError`, which is in the log already. The optional methods are missing where
 * the protocol of the provider has no such thing; whether a provider of OpenID Connect offers one
 * is known once it was asked.
 */
export interface IdentityProvider {
  /** Its key in the configuration, in addresses and in metrics. */
  readonly name: string;
  /** What a button says. */
  readonly title: string;
  /** What its tokens are kept for. Undefined: they are not. */
  readonly upkeep?: ProviderUpkeep;
  /** Where to send the browser. Throws `ProviderError`. */
  authorizationUrl(request: AuthorizationRequest): Promise<URL>;
  /** Redeems the code of a callback and checks everything that came. Throws `ProviderError`. */
  redeem(callback: ProviderCallback): Promise<ProvenIdentity>;
  /**
   * New tokens. What the provider does not send anew is left out: keep the old refresh token then.
   * `refused` means that this refresh token is void, and the person has to sign in again; anything
   * else may work later.
   */
  refresh?(refreshToken: string): Promise<ProviderTokens>;
  /** The person as the provider knows them now. The answer must be about this subject. */
  readProfile?(accessToken: string, subject: string): Promise<ReadProfile>;
  /** Tells the provider to forget the tokens. False where it offers no such thing. */
  revoke?(tokens: ProviderTokens): Promise<boolean>;
  /** Where to send the browser to end the session there, too. Undefined where none is offered. */
  logoutUrl?(request: LogoutRequest): Promise<URL | undefined>;
  /**
   * Checks what a provider posted to our back-channel (OpenID Connect Back-Channel Logout 1.0).
   * Whoever calls it keeps the `tokenId` until `expiresAt`, and refuses one that it has seen.
   */
  verifyLogoutToken?(token: string): Promise<LogoutNotice>;
  /** Reads anew what the provider publishes about itself, however old what we have is. */
  rediscover?(): Promise<void>;
}

/** The providers that the configuration names, in its order. */
export interface IdentityProviders {
  list(): readonly { readonly name: string; readonly title: string }[];
  find(name: string): IdentityProvider | undefined;
  /** Those that did not answer when this process asked them last. */
  silent(): readonly Silent[];
}

export interface AuthorizationRequest {
  /** Our callback, built from configuration. */
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE S256 of the verifier (RFC 7636). */
  readonly codeChallenge: string;
  /** Ask for a fresh sign-in at the provider. */
  readonly prompt?: 'login' | 'select_account';
}

export interface ProviderCallback {
  /** The address that was called, with its query: `code`, `state`, `iss`. */
  readonly url: URL;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is, as the provider proved it. */
export interface ProvenIdentity {
  /** With `subject` the only key: an e-mail address never identifies. */
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
  /** True only where the provider said so with the boolean `true`. */
  readonly isEmailVerified: boolean;
  readonly profile: ProviderProfile;
  /** How the provider authenticated (RFC 8176), where it tells. */
  readonly amr?: readonly string[];
  readonly tokens: ProviderTokens;
  /** The provider's own session, for logout that begins there. */
  readonly sid?: string;
}

export interface ProviderProfile {
  readonly fullName?: string;
  readonly username?: string;
  readonly locale?: string;
}

export interface ProviderTokens {
  readonly idToken?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly accessTokenExpiresAt?: Date;
}

export interface ReadProfile {
  readonly email?: string;
  readonly isEmailVerified: boolean;
  readonly profile: ProviderProfile;
}

export interface LogoutRequest {
  /** Tells the provider whose session ends. */
  readonly idToken?: string;
  /** Where the browser comes back to; the provider has to know it beforehand. */
  readonly returnTo?: string;
  readonly state?: string;
}

/** One of `subject` and `sid` at least: all sessions of that person, or the one that is named. */
export interface LogoutNotice {
  readonly issuer: string;
  readonly subject?: string;
  readonly sid?: string;
  readonly tokenId: string;
  readonly expiresAt: Date;
}

/** What went wrong at a provider; its words go to the log and to nobody else. */
export type ProviderFailure = 'unreachable' | 'invalid_answer' | 'refused';

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** `refused`: the person or the provider said no (`access_denied`, `login_required`). */
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.failure = failure;
  }
}
