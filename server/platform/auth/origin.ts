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
  assertProven(headers: OriginHeaders): void {
    this.#assert(headers, (site) => site === 'same-origin');
  }

  /**
   * For requests that may set a cookie, sign-in and sign-up: no foreign page may send them. A
   * person at the address bar may, and so may a program that sends neither header.
   */
  assertNotForeign(headers: OriginHeaders): void {
    this.#assert(
      headers,
      (site) => site === undefined || site === 'same-origin' || site === 'none',
    );
  }

  /** An origin decides alone; `isOurs` says what holds without one. */
  #assert(
    { origin, 'sec-fetch-site': site }: OriginHeaders,
    isOurs: (site: string | undefined) => boolean,
  ): void {
    const isAllowed = origin === undefined ? isOurs(site) : this.#allowed.has(origin);
    if (!isAllowed) throw problem('cross_site_request');
  }
}
