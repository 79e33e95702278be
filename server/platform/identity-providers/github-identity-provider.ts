import { emailOf, profileOf } from './claims.ts';
import { GithubApi, type GithubParts, type GithubUser } from './github-api.ts';
import {
  type AuthorizationRequest,
  type IdentityProvider,
  type ProvenIdentity,
  type ProviderCallback,
  ProviderError,
  type ProviderTokens,
  type ReadProfile,
} from './identity-provider.ts';

/**
 * GitHub, and GitHub Enterprise Server. It speaks OAuth 2.0 and tells by its API who somebody is:
 * there is no ID token, and the number of the account identifies, as names change hands.
 */
export class GithubIdentityProvider implements IdentityProvider {
  readonly name: string;
  readonly title: string;
  readonly #parts: GithubParts;
  readonly #api: GithubApi;

  constructor(parts: GithubParts) {
    ({ name: this.name, title: this.title } = parts.declaration);
    this.#parts = parts;
    this.#api = new GithubApi(parts);
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<URL> {
    const { clientId, scopes, parameters } = this.#parts.declaration;
    const url = new URL('/login/oauth/authorize', this.#api.origin);
    url.search = new URLSearchParams({
      ...parameters,
      client_id: clientId,
      redirect_uri: new URL(request.redirectUri).href,
      scope: scopes.join(' '),
      state: request.state,
      code_challenge: request.codeChallenge,
      code_challenge_method: 'S256',
      // It knows no other way to ask again.
      ...(request.prompt && { prompt: 'select_account' }),
    }).toString();
    return url;
  }

  async redeem({ url, redirectUri, state, verifier }: ProviderCallback): Promise<ProvenIdentity> {
    const code = codeIn(url.searchParams, state, this.#api.origin);
    const tokens = await this.#api.tokens({
      ...{ code, code_verifier: verifier },
      redirect_uri: new URL(redirectUri).href,
    });
    const user = await this.#api.user(tokens.accessToken);
    return {
      issuer: this.#api.origin,
      subject: String(user.id),
      ...(await this.#profileOf(user, tokens.accessToken)),
      tokens,
    };
  }

  /** Only where the app is one of those whose tokens expire. */
  refresh(refreshToken: string): Promise<ProviderTokens> {
    return this.#api.tokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async readProfile(accessToken: string, subject: string): Promise<ReadProfile> {
    const user = await this.#api.user(accessToken);
    if (String(user.id) !== subject) {
      throw new ProviderError('invalid_answer', 'user: is somebody else');
    }
    return this.#profileOf(user, accessToken);
  }

  async revoke({ accessToken }: ProviderTokens): Promise<boolean> {
    if (!accessToken) return false;
    await this.#api.removeGrant(accessToken);
    return true;
  }

  async #profileOf(user: GithubUser, accessToken: string): Promise<ReadProfile> {
    const primary = await this.#api.primaryEmail(accessToken);
    return {
      ...emailOf({ email: primary?.email, email_verified: primary?.verified }),
      profile: profileOf({ name: user['name'], preferred_username: user.login }),
    };
  }
}

/** What openid-client does for the others: of the callback nothing is believed before its state. */
function codeIn(callback: URLSearchParams, state: string, origin: string): string {
  const invalid = (reason: string) => new ProviderError('invalid_answer', `callback: ${reason}`);
  const given = (name: string) => {
    const [value, ...others] = callback.getAll(name);
    if (others.length > 0) throw invalid(`"${name}" is there twice`);
    return value;
  };
  if (given('state') !== state) throw invalid('unexpected "state"');
  const iss = given('iss');
  if (iss !== undefined && URL.parse(iss)?.origin !== origin) throw invalid('unexpected "iss"');
  const error = given('error');
  if (error !== undefined) throw new ProviderError('refused', JSON.stringify(error.slice(0, 100)));
  const code = given('code');
  if (!code) throw invalid('has no "code"');
  return code;
}
