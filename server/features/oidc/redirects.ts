import type { Config } from '../../config/config.ts';
import { invalidInput } from '../../platform/problem-error.ts';

const landing = '/account/provider-sign-in';

/**
 * Where a sign-in may lead back to: to the letter what the operator listed, but for the query. It is
 * compared after parsing, so that no spelling of another address passes for one of them.
 */
export class Redirects {
  readonly #allowed: ReadonlySet<string>;
  readonly #ownPage: string;
  readonly #usual: string;

  constructor({ http, providerSignIn }: Pick<Config, 'http' | 'providerSignIn'>) {
    this.#ownPage = http.publicUrl + landing;
    this.#usual = (http.frontendUrl ?? http.publicUrl) + landing;
    this.#allowed = new Set([...providerSignIn.redirects, this.#usual]);
  }

  /** @throws a problem `validation_failed`. */
  assertAllowed(redirectTo: string | undefined): string {
    if (redirectTo === undefined) return this.#usual;
    const url = URL.canParse(redirectTo) ? new URL(redirectTo) : undefined;
    if (!url || !this.#isAllowed(url)) throw notAllowed();
    return url.href;
  }

  /** With what the frontend needs to go on, where servers and logs do not see it: in the fragment. */
  withResult(redirectTo: string | undefined, result: Readonly<Record<string, string>>): string {
    const url = new URL(redirectTo ?? this.#usual);
    const told = String(new URLSearchParams(result));
    // Our own page has no script that could read a fragment.
    if (url.href.startsWith(this.#ownPage)) url.search = told;
    else url.hash = told;
    return url.href;
  }

  #isAllowed({ href, username, password, hash }: URL): boolean {
    if (username !== '' || password !== '' || hash !== '') return false;
    return this.#allowed.has(href.split('?', 1).join());
  }
}

export function notAllowed() {
  return invalidInput({
    in: 'body',
    path: 'redirectTo',
    code: 'not_listed',
    message: 'This service leads back to addresses of its own list only',
  });
}
