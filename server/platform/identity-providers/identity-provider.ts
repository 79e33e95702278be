/** One configured provider that people sign in with. It knows the protocol, and no account. */
export interface IdentityProvider {
  /** Its key in the configuration, in addresses and in metrics. */
  readonly name: string;
  /** What a button says. */
  readonly title: string;
  /** Where to send the browser. Throws `ProviderError`. */
  authorizationUrl(request: AuthorizationRequest): Promise<URL>;
  /** Redeems the code of a callback and checks everything that came. Throws `ProviderError`. */
  redeem(callback: ProviderCallback): Promise<ProvenIdentity>;
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
