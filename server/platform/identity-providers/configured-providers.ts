import type { ProviderDeclaration } from '../../config/identity-provider-declarations.ts';
import type { IdentityProvidersConfig, SecretsByName } from '../../config/identity-providers.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../observability/log.ts';
import type { ProviderMetrics } from '../observability/provider-metrics.ts';
import { ClientSecrets } from './client-secrets.ts';
import { GithubIdentityProvider } from './github-identity-provider.ts';
import type { IdentityProvider, IdentityProviders } from './identity-provider.ts';
import { observed } from './observed.ts';
import { OidcIdentityProvider } from './oidc-identity-provider.ts';
import { providerFetch } from './provider-fetch.ts';
import { Silence, type Silent } from './silence.ts';

/** Discovery documents and sets of keys have some kilobytes; the largest known one has twenty. */
const maxBytes = 262_144;

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

/** Those of the configuration. None is asked for anything before somebody signs in with it. */
export class ConfiguredProviders implements IdentityProviders {
  readonly #providers: ReadonlyMap<string, IdentityProvider>;
  readonly #secrets: ReadonlyMap<string, ClientSecrets>;
  readonly #silence: Silence;

  constructor({ declared, secrets, timeoutMs }: IdentityProvidersConfig, parts: Parts) {
    const silence = new Silence(parts.clock);
    this.#silence = silence;
    this.#secrets = new Map(
      declared.map(({ name }) => [name, new ClientSecrets(secrets.get(name) ?? [])]),
    );
    const open = (declaration: ProviderDeclaration): IdentityProvider => {
      const { name, protocol, allowHttp, allowPrivateNetwork, upkeep } = declaration;
      const Kind = protocol === 'github' ? GithubIdentityProvider : OidcIdentityProvider;
      const fetch = providerFetch({ timeoutMs, maxBytes, allowHttp, allowPrivateNetwork });
      const own = this.#secrets.get(name) ?? new ClientSecrets([]);
      const provider = new Kind({ declaration, secrets: own, fetch, clock: parts.clock });
      return { ...observed(provider, { ...parts, silence }), ...(upkeep && { upkeep }) };
    };
    this.#providers = new Map(declared.map((one) => [one.name, open(one)]));
  }

  list(): readonly { readonly name: string; readonly title: string }[] {
    return [...this.#providers.values()].map(({ name, title }) => ({ name, title }));
  }

  find(name: string): IdentityProvider | undefined {
    return this.#providers.get(name);
  }

  silent(): readonly Silent[] {
    return this.#silence.list();
  }

  /**
   * Their file has changed.
   * @throws where one is left without: it would answer nobody any more.
   */
  useSecrets(secrets: SecretsByName): void {
    const without = [...this.#secrets.keys()].filter((name) => !secrets.has(name));
    if (without.length > 0) throw new Error(`There is no secret for ${without.join(', ')}`);
    for (const [name, own] of this.#secrets) own.replace(secrets.get(name) ?? []);
  }
}
