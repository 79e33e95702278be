import type { JWTPayload } from 'jose';
import type {
  AuthorizationCodeGrantChecks,
  Configuration,
  TokenEndpointResponse,
} from 'openid-client';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import { type Clock, secondsAfter } from '../clock.ts';
import { amrOf, type Claims, emailOf, profileOf, textClaim } from './claims.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { Discovery, type Metadata } from './discovery.ts';
import { openIdToken } from './id-token.ts';
import type {
  AuthorizationRequest,
  IdentityProvider,
  LogoutNotice,
  LogoutRequest,
  ProvenIdentity,
  ProviderCallback,
  ProviderTokens,
  ReadProfile,
} from './identity-provider.ts';
import { ProviderError } from './identity-provider.ts';
import { type Issuers, issuersOf } from './issuers.ts';
import { openLogoutToken } from './logout-token.ts';
import { providerFailure } from './provider-failure.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { ProviderKeys } from './provider-keys.ts';
import type { Expected } from './signed-token.ts';

export interface OidcParts {
  readonly declaration: ProviderDeclaration;
  readonly secrets: ClientSecrets;
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

type OpenidClient = typeof import('openid-client');

/**
 * Any provider of OpenID Connect. openid-client speaks the protocol; what it takes on trust is
 * checked here (decision 0048).
 */
export class OidcIdentityProvider implements IdentityProvider {
  readonly #parts: OidcParts;
  readonly #issuers: Issuers;
  readonly #discovery: Discovery;
  readonly #keys: ProviderKeys;

  constructor(parts: OidcParts) {
    const { declaration, fetch, clock } = parts;
    this.#parts = parts;
    this.#issuers = issuersOf(declaration);
    this.#discovery = new Discovery({
      issuer: this.#issuers.published,
      at: `${declaration.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      allowHttp: declaration.allowHttp,
      ...{ fetch, clock },
    });
    const address = async () => (await this.#discovery.get()).jwks_uri;
    this.#keys = new ProviderKeys({ fetch, clock, address });
  }

  get name(): string {
    return this.#parts.declaration.name;
  }

  get title(): string {
    return this.#parts.declaration.title;
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<URL> {
    const { scopes, parameters } = this.#parts.declaration;
    return this.#call(async (client, config) =>
      client.buildAuthorizationUrl(config, {
        ...parameters,
        redirect_uri: new URL(request.redirectUri).href,
        scope: scopes.join(' '),
        state: request.state,
        nonce: request.nonce,
        code_challenge: request.codeChallenge,
        code_challenge_method: 'S256',
        ...(request.prompt && { prompt: request.prompt }),
      }),
    );
  }

  async redeem(callback: ProviderCallback): Promise<ProvenIdentity> {
    const { nonce, state, verifier } = callback;
    const called = new URL(callback.redirectUri);
    called.search = callback.url.search;
    const checks: AuthorizationCodeGrantChecks = {
      ...{ expectedNonce: nonce, expectedState: state, pkceCodeVerifier: verifier },
      idTokenExpected: true,
    };
    const tokens = await this.#call((client, config) =>
      client.authorizationCodeGrant(config, called, checks),
    );
    const { id_token: idToken = '', access_token: accessToken } = tokens;
    const claims = await openIdToken({ idToken, accessToken, nonce }, this.#expected());
    const { issuer, subject } = this.#issuers.identityOf(claims);
    const [amr, sid] = [amrOf(claims), textClaim(claims, 'sid')];
    return {
      ...{ issuer, subject },
      ...(await this.#profileIn(claims, accessToken)),
      ...(amr && { amr }),
      tokens: this.#tokensOf(tokens),
      ...(sid !== undefined && { sid }),
    };
  }

  async refresh(refreshToken: string): Promise<ProviderTokens> {
    return this.#tokensOf(
      await this.#call((client, config) => client.refreshTokenGrant(config, refreshToken)),
    );
  }

  async readProfile(accessToken: string, subject: string): Promise<ReadProfile> {
    const { userinfo_endpoint: at } = await this.#discovery.get();
    if (!at) throw new ProviderError('invalid_answer', 'offers no userinfo_endpoint');
    const claims = await this.#userInfo(accessToken, subject);
    return { ...emailOf(claims), profile: profileOf(claims) };
  }

  async revoke({ refreshToken, accessToken }: ProviderTokens): Promise<boolean> {
    const { revocation_endpoint: at } = await this.#discovery.get();
    // The refresh token takes along what came of it (RFC 7009, 2.1).
    const token = refreshToken ?? accessToken;
    if (!at || !token) return false;
    const hint = refreshToken ? 'refresh_token' : 'access_token';
    await this.#call((client, config) =>
      client.tokenRevocation(config, token, { token_type_hint: hint }),
    );
    return true;
  }

  async logoutUrl({ idToken, returnTo, state }: LogoutRequest): Promise<URL | undefined> {
    const { end_session_endpoint: at } = await this.#discovery.get();
    if (!at) return undefined;
    return this.#call(async (client, config) =>
      client.buildEndSessionUrl(config, {
        ...(idToken && { id_token_hint: idToken }),
        ...(returnTo && { post_logout_redirect_uri: returnTo }),
        ...(state && { state }),
      }),
    );
  }

  verifyLogoutToken(token: string): Promise<LogoutNotice> {
    return openLogoutToken(token, this.#expected());
  }

  rediscover(): Promise<void> {
    return this.#discovery.rediscover();
  }

  #expected(): Expected {
    const { clock, declaration } = this.#parts;
    const { clientId } = declaration;
    return { keys: this.#keys, clock, clientId, issuerFor: this.#issuers.issuerFor };
  }

  /** Some put the address into the ID token, some tell it on request only. */
  async #profileIn(claims: JWTPayload, accessToken: string): Promise<ReadProfile> {
    const { userinfo_endpoint: at } = await this.#discovery.get();
    const isAsked = at !== undefined && claims['email'] === undefined && claims.sub !== undefined;
    const more: Claims = isAsked ? await this.#userInfo(accessToken, claims.sub ?? '') : {};
    const told = isAsked ? more : claims;
    return { ...emailOf(told), profile: profileOf({ ...more, ...claims }) };
  }

  #userInfo(accessToken: string, subject: string): Promise<Claims> {
    return this.#call((client, config) =>
      client.fetchUserInfo(config, accessToken, subject).catch((error) => {
        const isVoid = error instanceof client.WWWAuthenticateChallengeError;
        throw isVoid ? new ProviderError('refused', 'the access token is not taken') : error;
      }),
    );
  }

  #tokensOf(answer: TokenEndpointResponse): ProviderTokens {
    const { id_token: idToken, refresh_token: refreshToken, expires_in: seconds } = answer;
    const { clock } = this.#parts;
    return {
      ...(idToken !== undefined && { idToken }),
      accessToken: answer.access_token,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(seconds !== undefined && { accessTokenExpiresAt: secondsAfter(clock.now(), seconds) }),
    };
  }

  async #call<Result>(
    work: (client: OpenidClient, config: Configuration) => Promise<Result>,
  ): Promise<Result> {
    const metadata = await this.#discovery.get();
    // Loaded by the first sign-in of this kind: most processes see none while they start.
    const client = await import('openid-client');
    return this.#parts.secrets.use(async (secret) => {
      try {
        return await work(client, await this.#configure(client, metadata, secret));
      } catch (error) {
        throw providerFailure(error);
      }
    });
  }

  /** openid-client reads what we have read: limited, remembered and looked at. */
  async #configure(
    client: OpenidClient,
    metadata: Metadata,
    secret: string | undefined,
  ): Promise<Configuration> {
    const { fetch } = this.#parts;
    const { issuer, clientId, secretIn, allowHttp } = this.#parts.declaration;
    const methods = metadata.token_endpoint_auth_methods_supported ?? [];
    // Not everybody undoes the encoding that the header asks for: the body is preferred.
    const isInBody = (secretIn ?? (methods.includes('client_secret_post') && 'body')) === 'body';
    const authentication = isInBody ? client.ClientSecretPost : client.ClientSecretBasic;
    const config = await client.discovery(
      new URL(issuer),
      clientId,
      {},
      secret === undefined ? client.None() : authentication(secret),
      {
        [client.customFetch]: async () => Response.json(metadata),
        execute: allowHttp ? [client.allowInsecureRequests] : [],
      },
    );
    config[client.customFetch] = (url, { method, headers, body }) =>
      fetch(url, { method, headers, ...(body instanceof URLSearchParams && { body: `${body}` }) });
    // Ours has an end of its own.
    config.timeout = 0;
    return config;
  }
}
