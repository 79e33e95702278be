import * as z from 'zod';
import { service } from '../../../contract/service.ts';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import { type Clock, secondsAfter } from '../clock.ts';
import { emailOf, profileOf } from './claims.ts';
import { type ClientSecrets, SecretRefused } from './client-secrets.ts';
import {
  type AuthorizationRequest,
  type IdentityProvider,
  type ProvenIdentity,
  type ProviderCallback,
  ProviderError,
  type ProviderTokens,
  type ReadProfile,
} from './identity-provider.ts';
import { isPassing, readJson } from './json.ts';
import type { ProviderFetch } from './provider-fetch.ts';

export interface GithubParts {
  readonly declaration: ProviderDeclaration;
  readonly secrets: ClientSecrets;
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

const User = z.looseObject({ id: z.int().positive(), login: z.string() });

const Emails = z.array(
  z.looseObject({ email: z.string(), primary: z.boolean(), verified: z.unknown() }),
);

const TokenAnswer = z.union([
  z.object({ error: z.string() }),
  z.object({
    access_token: z.string().min(1).max(1_024),
    refresh_token: z.string().min(1).max(1_024).optional(),
    expires_in: z.int().positive().optional(),
  }),
]);

/**
 * GitHub, and GitHub Enterprise Server. It speaks OAuth 2.0 and tells by its API who somebody is:
 * there is no ID token, and the number of the account identifies, as names change hands.
 */
export class GithubIdentityProvider implements IdentityProvider {
  readonly #parts: GithubParts;
  readonly #origin: string;
  readonly #api: string;

  constructor(parts: GithubParts) {
    this.#parts = parts;
    this.#origin = new URL(parts.declaration.issuer).origin;
    const isPublic = this.#origin === 'https://github.com';
    this.#api = isPublic ? 'https://api.github.com' : `${this.#origin}/api/v3`;
  }

  get name(): string {
    return this.#parts.declaration.name;
  }

  get title(): string {
    return this.#parts.declaration.title;
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<URL> {
    const { clientId, scopes, parameters } = this.#parts.declaration;
    const url = new URL('/login/oauth/authorize', this.#origin);
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
    const given = (name: string) => {
      const [value, ...others] = url.searchParams.getAll(name);
      if (others.length > 0) throw invalid(`callback: "${name}" is there twice`);
      return value;
    };
    if (given('state') !== state) throw invalid('callback: unexpected "state"');
    const iss = given('iss');
    if (iss !== undefined && URL.parse(iss)?.origin !== this.#origin) {
      throw invalid('callback: unexpected "iss"');
    }
    const error = given('error');
    if (error !== undefined) throw refused(error);
    const code = given('code');
    if (!code) throw invalid('callback: has no "code"');
    const tokens = await this.#tokens({
      ...{ code, code_verifier: verifier },
      redirect_uri: new URL(redirectUri).href,
    });
    const user = await this.#user(tokens.accessToken);
    return {
      issuer: this.#origin,
      subject: String(user.id),
      ...(await this.#profileOf(user, tokens.accessToken)),
      tokens,
    };
  }

  /** Only where the app is one of those whose tokens expire. */
  refresh(refreshToken: string): Promise<ProviderTokens> {
    return this.#tokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async readProfile(accessToken: string, subject: string): Promise<ReadProfile> {
    const user = await this.#user(accessToken);
    if (String(user.id) !== subject) throw invalid('user: is somebody else');
    return this.#profileOf(user, accessToken);
  }

  /** All that the person has granted to us. */
  async revoke({ accessToken }: ProviderTokens): Promise<boolean> {
    if (!accessToken) return false;
    const { clientId } = this.#parts.declaration;
    const at = `${this.#api}/applications/${encodeURIComponent(clientId)}/grant`;
    await this.#parts.secrets.use(async (secret = '') => {
      const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
      const { status } = await this.#parts.fetch(at, {
        method: 'DELETE',
        headers: {
          ...headers,
          authorization: `Basic ${basic}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ access_token: accessToken }),
      });
      if (status === 401) throw new SecretRefused();
      // It is gone already: the person, or somebody before us, has revoked it.
      const isGone = status === 204 || status === 404 || status === 422;
      if (!isGone) {
        throw new ProviderError(
          isPassing(status) ? 'unreachable' : 'invalid_answer',
          `${at}: answers ${status}`,
        );
      }
    });
    return true;
  }

  #tokens(parameters: Record<string, string>): Promise<Tokens> {
    const at = `${this.#origin}/login/oauth/access_token`;
    const { declaration, fetch, clock } = this.#parts;
    return this.#parts.secrets.use(async (secret = '') => {
      const body = new URLSearchParams({
        ...parameters,
        client_id: declaration.clientId,
        client_secret: secret,
      }).toString();
      const response = await fetch(at, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      const answer = TokenAnswer.safeParse(await readJson(response, at)).data;
      if (!answer) throw invalid(`${at}: is no answer with a token`);
      if ('error' in answer) throw tokenFailure(answer.error);
      const {
        access_token: accessToken,
        refresh_token: refreshToken,
        expires_in: seconds,
      } = answer;
      return {
        accessToken,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(seconds !== undefined && { accessTokenExpiresAt: secondsAfter(clock.now(), seconds) }),
      };
    });
  }

  async #user(accessToken: string): Promise<z.output<typeof User>> {
    const user = User.safeParse(await this.#read('/user', accessToken)).data;
    if (!user) throw invalid('user: is none');
    return user;
  }

  /** The address on the profile may be anybody's: only the list tells the verified ones. */
  async #profileOf(user: z.output<typeof User>, accessToken: string): Promise<ReadProfile> {
    const emails = Emails.safeParse(await this.#read('/user/emails', accessToken)).data;
    if (!emails) throw invalid('user: no list of addresses');
    const primary = emails.find((one) => one.primary);
    return {
      ...emailOf({ email: primary?.email, email_verified: primary?.verified }),
      profile: profileOf({ name: user['name'], preferred_username: user.login }),
    };
  }

  async #read(path: string, accessToken: string): Promise<unknown> {
    const at = `${this.#api}${path}`;
    const authorization = `Bearer ${accessToken}`;
    const response = await this.#parts.fetch(at, { headers: { ...headers, authorization } });
    if (response.status === 401) throw refused('the access token is not taken');
    return readJson(response, at);
  }
}

type Tokens = ProviderTokens & { readonly accessToken: string };

/** GitHub refuses whoever does not say who is asking. */
const headers = { accept: 'application/json', 'user-agent': service.name };

function tokenFailure(word: string): ProviderError {
  if (word === 'incorrect_client_credentials') return new SecretRefused();
  const isOver = word === 'bad_verification_code' || word === 'bad_refresh_token';
  return isOver ? refused(word) : invalid(`token: ${JSON.stringify(word.slice(0, 100))}`);
}

const invalid = (detail: string) => new ProviderError('invalid_answer', detail);
const refused = (detail: string) =>
  new ProviderError('refused', JSON.stringify(detail.slice(0, 100)));
