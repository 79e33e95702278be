import type { Config } from '../../config/config.ts';
import { notAllowed } from './redirects.ts';

const landing = '/account/signed-out';

/**
 * Where a sign-out at a provider may lead back to: to the letter, query included, as the provider
 * compares it with a list of its own.
 */
export class SignOutRedirects {
  readonly #allowed: ReadonlySet<string>;
  readonly #usual: string;

  constructor({ http, providerSignIn }: Pick<Config, 'http' | 'providerSignIn'>) {
    this.#usual = (http.frontendUrl ?? http.publicUrl) + landing;
    this.#allowed = new Set([...providerSignIn.signOutRedirects, this.#usual]);
  }

  /** @throws a problem `validation_failed`. */
  assertAllowed(redirectTo = this.#usual): string {
    const href = URL.canParse(redirectTo) ? new URL(redirectTo).href : '';
    if (!this.#allowed.has(href)) throw notAllowed();
    return href;
  }
}
