import type {
  AuthorizationCodeGrantChecks,
  Configuration,
  TokenEndpointResponse,
} from 'openid-client';
import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import type { Claims } from './claims.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { Discovery, Metadata } from './discovery.ts';
import { ProviderError } from './identity-provider.ts';
import { providerFailure } from './provider-failure.ts';
import type { ProviderFetch } from './provider-fetch.ts';

export type TokenAnswer = Pick<
  TokenEndpointResponse,
  'access_token' | 'id_token' | 'refresh_token' | 'expires_in'
>;

interface Parts {
  readonly declaration: ProviderDeclaration;
  readonly secrets: ClientSecrets;
  readonly fetch: ProviderFetch;
  readonly discovery: Discovery;
}

type OpenidClient = typeof import('openid-client');
type Parameters = Readonly<Record<string, string>>;

/** What is said to a provider and answered by it, in the words of the protocol. */
export class OidcConversation {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  authorizationUrl(parameters: Parameters): Promise<URL> {
    return this.#say(async (client, config) => client.buildAuthorizationUrl(config, parameters));
  }

  endSessionUrl(parameters: Parameters): Promise<URL> {
    return this.#say(async (client, config) => client.buildEndSessionUrl(config, parameters));
  }

  redeem(called: URL, checks: AuthorizationCodeGrantChecks): Promise<TokenAnswer> {
    return this.#say((client, config) => client.authorizationCodeGrant(config, called, checks));
  }

  refresh(refreshToken: string): Promise<TokenAnswer> {
    return this.#say((client, config) => client.refreshTokenGrant(config, refreshToken));
  }

  revoke(token: string, kind: 'refresh_token' | 'access_token'): Promise<void> {
    const hint = { token_type_hint: kind };
    return this.#say((client, config) => client.tokenRevocation(config, token, hint));
  }

  userInfo(accessToken: string, subject: string): Promise<Claims> {
    return this.#say((client, config) =>
      client.fetchUserInfo(config, accessToken, subject).catch((error) => {
        const isVoid = error instanceof client.WWWAuthenticateChallengeError;
        throw isVoid ? new ProviderError('refused', 'the access token is not taken') : error;
      }),
    );
  }

  async #say<Result>(
    work: (client: OpenidClient, config: Configuration) => Promise<Result>,
  ): Promise<Result> {
    const metadata = await this.#parts.discovery.get();
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
