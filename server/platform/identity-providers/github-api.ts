import * as z from 'zod';
import { service } from '../../../contract/service.ts';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import { type Clock, secondsAfter } from '../clock.ts';
import { type ClientSecrets, SecretRefused } from './client-secrets.ts';
import { ProviderError, type ProviderTokens } from './identity-provider.ts';
import { readJson, statusFailure } from './json.ts';
import type { ProviderFetch, ProviderRequest } from './provider-fetch.ts';

export interface GithubParts {
  readonly declaration: ProviderDeclaration;
  readonly secrets: ClientSecrets;
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

const User = z.looseObject({ id: z.int().positive(), login: z.string() });
export type GithubUser = z.output<typeof User>;

const Emails = z.array(
  z.looseObject({ email: z.string(), primary: z.boolean(), verified: z.unknown() }),
);

const token = z.string().min(1).max(4_096);

const TokenAnswer = z.union([
  z.object({ error: z.string() }),
  z.object({
    access_token: token,
    refresh_token: token.optional(),
    expires_in: z.int().positive().optional(),
  }),
]);

/** What GitHub is asked, and what it answers. */
export class GithubApi {
  readonly #parts: GithubParts;
  readonly origin: string;
  readonly #api: string;

  constructor(parts: GithubParts) {
    this.#parts = parts;
    this.origin = new URL(parts.declaration.issuer).origin;
    const isPublic = this.origin === 'https://github.com';
    this.#api = isPublic ? 'https://api.github.com' : `${this.origin}/api/v3`;
  }

  /** It answers 200 in any case, and says in the body what went wrong. */
  tokens(
    parameters: Readonly<Record<string, string>>,
  ): Promise<Required<Pick<ProviderTokens, 'accessToken'>> & ProviderTokens> {
    const at = `${this.origin}/login/oauth/access_token`;
    const { declaration, secrets, clock } = this.#parts;
    return secrets.use(async (secret = '') => {
      const own = { client_id: declaration.clientId, client_secret: secret };
      const response = await this.#ask(at, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...parameters, ...own }).toString(),
      });
      const answer = TokenAnswer.safeParse(await readJson(response, at)).data;
      if (!answer) throw new ProviderError('invalid_answer', `${at}: is no answer with a token`);
      if ('error' in answer) throw tokenFailure(answer.error);
      const { access_token: accessToken, refresh_token: refreshToken, expires_in: life } = answer;
      return {
        accessToken,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(life !== undefined && { accessTokenExpiresAt: secondsAfter(clock.now(), life) }),
      };
    });
  }

  async user(accessToken: string): Promise<GithubUser> {
    const user = User.safeParse(await this.#read('/user', accessToken)).data;
    if (!user) throw new ProviderError('invalid_answer', 'user: is none');
    return user;
  }

  /** The address on a profile may be anybody's: only the list tells which ones are verified. */
  async primaryEmail(accessToken: string): Promise<z.output<typeof Emails>[number] | undefined> {
    const emails = Emails.safeParse(await this.#read('/user/emails', accessToken)).data;
    if (!emails) throw new ProviderError('invalid_answer', 'user: has no list of addresses');
    return emails.find(({ primary }) => primary);
  }

  /** All that the person has granted to us. */
  async removeGrant(accessToken: string): Promise<void> {
    const { clientId } = this.#parts.declaration;
    const at = `${this.#api}/applications/${encodeURIComponent(clientId)}/grant`;
    await this.#parts.secrets.use(async (secret = '') => {
      const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
      const { status } = await this.#ask(at, {
        method: 'DELETE',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
        body: JSON.stringify({ access_token: accessToken }),
      });
      if (status === 401) throw new SecretRefused();
      // 404 and 422: the person, or somebody before us, has removed it.
      if (![204, 404, 422].includes(status)) throw statusFailure(status, at);
    });
  }

  async #read(path: string, accessToken: string): Promise<unknown> {
    const at = `${this.#api}${path}`;
    const response = await this.#ask(at, { headers: { authorization: `Bearer ${accessToken}` } });
    if (response.status === 401)
      throw new ProviderError('refused', 'the access token is not taken');
    return readJson(response, at);
  }

  /** GitHub refuses whoever does not say who is asking. */
  #ask(at: string, request: ProviderRequest): Promise<Response> {
    const common = { accept: 'application/json', 'user-agent': service.name };
    return this.#parts.fetch(at, { ...request, headers: { ...common, ...request.headers } });
  }
}

function tokenFailure(word: string): ProviderError {
  if (word === 'incorrect_client_credentials') return new SecretRefused();
  const isOver = word === 'bad_verification_code' || word === 'bad_refresh_token';
  const detail = `token: ${JSON.stringify(word.slice(0, 100))}`;
  return new ProviderError(isOver ? 'refused' : 'invalid_answer', detail);
}
