import { ProviderError } from './identity-provider.ts';

/** The provider does not know the secret, or no longer. */
export class SecretRefused extends ProviderError {
  /** `reason` is what the provider says of it. */
  constructor(reason = '') {
    super('invalid_answer', `the provider refuses our client id or secret ${reason}`.trimEnd());
  }
}

/**
 * The secrets of a client, the new one first. While a secret is exchanged, the provider may know
 * either: what it refuses is tried with the next one, and what it took is tried first from then on.
 */
export class ClientSecrets {
  #secrets: readonly string[];
  #first = 0;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  replace(secrets: readonly string[]): void {
    this.#secrets = secrets;
    this.#first = 0;
  }

  /** `attempt` throws `SecretRefused` where another secret may do better. */
  async use<Result>(attempt: (secret: string | undefined) => Promise<Result>): Promise<Result> {
    const secrets = this.#secrets;
    if (secrets.length === 0) return attempt(undefined);
    const order = secrets.map((_, index) => (this.#first + index) % secrets.length);
    let refused = new SecretRefused();
    for (const index of order) {
      try {
        const result = await attempt(secrets[index]);
        if (secrets === this.#secrets) this.#first = index;
        return result;
      } catch (error) {
        if (!(error instanceof SecretRefused)) throw error;
        refused = error;
      }
    }
    throw refused;
  }
}
