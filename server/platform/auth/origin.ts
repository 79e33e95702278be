import { problem } from '../problem-error.ts';

export interface OriginHeaders {
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | undefined;
}

/**
 * Whether a browser's request comes from a page that may act for its user. Browsers cannot be
 * made to lie in `Origin` and `Sec-Fetch-Site` (OWASP CSRF prevention, "verifying origin").
 */
export class OriginCheck {
  readonly #allowed: ReadonlySet<string>;

  constructor(publicUrl: string, corsOrigins: readonly string[]) {
    this.#allowed = new Set([publicUrl, ...corsOrigins]);
  }

  /** For requests that act with a cookie: the origin must be proven. */
  assertProven({ origin, 'sec-fetch-site': site }: OriginHeaders): void {
    const isProven = origin === undefined ? site === 'same-origin' : this.#allowed.has(origin);
    if (!isProven) throw problem('cross_site_request');
  }

  /** For requests that may set a cookie, sign-in and sign-up: no foreign page may send them. */
  assertNotForeign({ origin, 'sec-fetch-site': site }: OriginHeaders): void {
    const isForeign = origin === undefined ? site === 'cross-site' : !this.#allowed.has(origin);
    if (isForeign) throw problem('cross_site_request');
  }
}
