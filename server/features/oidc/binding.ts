import type { HttpConfig } from '../../config/http.ts';
import type { Presented } from '../../platform/auth/guard.ts';
import type { SessionKind } from '../sessions/model.ts';
import { newSecret, sha256 } from './hashes.ts';

/** Who began: a browser holds it in a cookie, a program that is given tokens by itself. */
export interface Bound {
  readonly hash: string;
  /** The `Set-Cookie` value. */
  readonly cookie?: string;
  /** For the answer. */
  readonly secret?: string;
}

/**
 * Ties a sign-in to the browser or program in which it began (RFC 9700, 4.7): without it, somebody
 * could be led into an account of the attacker, or end for the attacker what they began. A browser
 * keeps one for all its tabs.
 */
export class Binding {
  readonly #name: string;
  readonly #attributes: string;
  readonly #own: RegExp;

  constructor({ isSecure }: Pick<HttpConfig, 'isSecure'>, lifeSeconds: number) {
    this.#name = isSecure ? '__Host-sign-in' : 'sign-in';
    const secure = isSecure ? '; Secure' : '';
    // Lax: the way back from a provider is a navigation from another site.
    this.#attributes = `; Max-Age=${lifeSeconds}; Path=/; HttpOnly${secure}; SameSite=Lax`;
    this.#own = new RegExp(`(?:^|;)\\s*${this.#name}=([\\w-]{43})\\s*(?:;|$)`);
  }

  begin(delivery: SessionKind, presented: Presented): Bound {
    if (delivery === 'tokens') {
      const secret = newSecret();
      return { hash: sha256(secret), secret };
    }
    const held = this.#read(presented) ?? newSecret();
    return { hash: sha256(held), cookie: `${this.#name}=${held}${this.#attributes}` };
  }

  /** Whether it is the same browser: of what a program holds, the browser knows nothing. */
  isBrowserOf({ delivery, bindingHash }: Begun, presented: Presented): boolean {
    if (delivery === 'tokens') return true;
    return this.isHeldBy({ delivery, bindingHash }, undefined, presented);
  }

  isHeldBy(
    { delivery, bindingHash }: Begun,
    given: string | undefined,
    presented: Presented,
  ): boolean {
    const held = delivery === 'tokens' ? given : this.#read(presented);
    return held !== undefined && sha256(held) === bindingHash;
  }

  #read({ cookie = '' }: Presented): string | undefined {
    return this.#own.exec(cookie)?.[1];
  }
}

interface Begun {
  readonly delivery: SessionKind;
  readonly bindingHash: string;
}
