import type { JWTPayload } from 'jose';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import { type Clock, secondsAfter } from '../clock.ts';
import { amrOf, type Claims, emailOf, profileOf, textClaim } from './claims.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { Discovery } from './discovery.ts';
import { openIdToken } from './id-token.ts';
import type {
  AuthorizationRequest,
  IdentityProvider,
  LogoutRequest,
  ProvenIdentity,
  ProviderCallback,
  ProviderTokens,
  ReadProfile,
} from './identity-provider.ts';
import { ProviderError } from './identity-provider.ts';
import { type Issuers, issuersOf } from './issuers.ts';
import { openLogoutToken } from './logout-token.ts';
import { OidcConversation, type TokenAnswer } from './oidc-conversation.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { ProviderKeys } from './provider-keys.ts';
import { type Expected, openSigned } from './signed-token.ts';

export interface OidcParts {
  readonly declaration: ProviderDeclaration;
  readonly secrets: ClientSecrets;
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

/**
 * Any provider of OpenID Connect. openid-client speaks the protocol; what it takes on trust is
 * checked here (decision 0048).
 */
export class OidcIdentityProvider implements IdentityProvider {
  readonly name: string;
  readonly title: string;
  readonly readProfile?: IdentityProvider['readProfile'];
  readonly verifyLogoutToken?: IdentityProvider['verifyLogoutToken'];
  readonly #parts: OidcParts;
  readonly #issuers: Issuers;
  readonly #discovery: Discovery;
  readonly #keys: ProviderKeys;
  readonly #conversation: OidcConversation;

  constructor(parts: OidcParts) {
    const { declaration, fetch, clock } = parts;
    ({ name: this.name, title: this.title } = declaration);
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
    this.#conversation = new OidcConversation({ ...parts, discovery: this.#discovery });
    // Microsoft names people there by another subject than the one that identifies them.
    if (declaration.tenants) return;
    this.readProfile = (accessToken, subject) => this.#readProfile(accessToken, subject);
    this.verifyLogoutToken = (token) => openLogoutToken(token, this.#expected());
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<URL> {
    const { scopes, parameters } = this.#parts.declaration;
    return this.#conversation.authorizationUrl({
      ...parameters,
      redirect_uri: new URL(request.redirectUri).href,
      scope: scopes.join(' '),
      state: request.state,
      nonce: request.nonce,
      code_challenge: request.codeChallenge,
      code_challenge_method: 'S256',
      ...(request.prompt && { prompt: request.prompt }),
    });
  }

  async redeem(callback: ProviderCallback): Promise<ProvenIdentity> {
    const { nonce, state, verifier } = callback;
    const called = new URL(callback.redirectUri);
    called.search = callback.url.search;
    const tokens = await this.#conversation.redeem(called, {
      ...{ expectedNonce: nonce, expectedState: state, pkceCodeVerifier: verifier },
      idTokenExpected: true,
    });
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
    const tokens = await this.#conversation.refresh(refreshToken);
    if (tokens.id_token) await openSigned('ID token', tokens.id_token, this.#expected());
    return this.#tokensOf(tokens);
  }

  async #readProfile(accessToken: string, subject: string): Promise<ReadProfile> {
    const { userinfo_endpoint: at } = await this.#discovery.get();
    if (!at) throw new ProviderError('invalid_answer', 'offers no userinfo_endpoint');
    const claims = await this.#conversation.userInfo(accessToken, subject);
    return { ...emailOf(claims), profile: profileOf(claims) };
  }

  async revoke({ refreshToken, accessToken }: ProviderTokens): Promise<boolean> {
    const { revocation_endpoint: at } = await this.#discovery.get();
    // The refresh token takes along what came of it (RFC 7009, 2.1).
    const token = refreshToken ?? accessToken;
    if (!at || !token) return false;
    await this.#conversation.revoke(token, refreshToken ? 'refresh_token' : 'access_token');
    return true;
  }

  async logoutUrl({ idToken, returnTo, state }: LogoutRequest): Promise<URL | undefined> {
    const { end_session_endpoint: at } = await this.#discovery.get();
    if (!at) return undefined;
    return this.#conversation.endSessionUrl({
      ...(idToken && { id_token_hint: idToken }),
      ...(returnTo && { post_logout_redirect_uri: returnTo }),
      ...(state && { state }),
    });
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
    const more: Claims = isAsked
      ? await this.#conversation.userInfo(accessToken, claims.sub ?? '')
      : {};
    const told = isAsked ? more : claims;
    return { ...emailOf(told), profile: profileOf({ ...more, ...claims }) };
  }

  #tokensOf(answer: TokenAnswer): ProviderTokens {
    const { id_token: idToken, refresh_token: refreshToken, expires_in: seconds } = answer;
    const { clock } = this.#parts;
    return {
      ...(idToken !== undefined && { idToken }),
      accessToken: answer.access_token,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(seconds !== undefined && { accessTokenExpiresAt: secondsAfter(clock.now(), seconds) }),
    };
  }
}
