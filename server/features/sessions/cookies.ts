import type { Lucia } from 'lucia';
import { service } from '../../../contract/service.ts';
import type { SessionsConfig } from '../../config/sessions.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Beginning, createLucia } from './lucia.ts';

/** Hands sessions to browsers, with Lucia; reading one is `SessionReader`. */
export class SessionCookies {
  readonly #config: SessionsConfig;
  readonly #lucia: Lucia;
  readonly #own: RegExp;

  constructor({ db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>) {
    this.#config = config.sessions;
    const name = cookieName(config.http.isSecure);
    const findNobody = async () => undefined;
    this.#lucia = createLucia(
      { db, clock, findCaller: findNobody, exact: false },
      { name, isSecure: config.http.isSecure, idleSeconds: config.sessions.cookie.idleSeconds },
    );
    this.#own = new RegExp(`(?:^|;)\\s*${name}=([^;]*)`);
  }

  /** Writes the row of a session through Lucia, inside the change of its beginning. */
  async begin(userId: string, secret: string, beginning: Beginning): Promise<void> {
    await this.#lucia.createSession(userId, { beginning }, { sessionId: secret });
  }

  /** The `Set-Cookie` value that hands the session to a browser until its absolute end. */
  write(secret: string): string {
    const cookie = this.#lucia.createSessionCookie(secret);
    cookie.attributes.maxAge = this.#config.cookie.maxSeconds;
    return cookie.serialize();
  }

  /** The `Set-Cookie` value that takes it away. */
  blank(): string {
    return this.#lucia.createBlankSessionCookie().serialize();
  }

  /** The same where the caller has one. */
  blankFor({ via }: Pick<Actor, 'via'>): string[] {
    return via === 'cookie' ? [this.blank()] : [];
  }

  /** Reads our cookie only: Lucia decodes all of them, and throws at what other software set. */
  read(header = ''): string | undefined {
    return this.#own.exec(header)?.[1]?.trimEnd();
  }
}

/** The prefix and `Secure` need TLS; they fall away on http://localhost only. */
function cookieName(isSecure: boolean): string {
  return isSecure ? `__Host-${service.cookie}` : service.cookie;
}
