import type { Lucia } from 'lucia';
import type { Platform } from '../../platform/platform.ts';
import type { Exactness, FindCaller, FoundCaller } from './find-caller.ts';
import { noteUse } from './last-seen.ts';
import { createLucia } from './lucia.ts';
import { isLive } from './model.ts';

type Parts = Pick<Platform, 'db' | 'clock' | 'config'>;

/** Who is behind a live session, asked of the database; using it keeps a cookie from idling away. */
export class SessionReader {
  readonly #parts: Parts;
  readonly #findCaller: FindCaller;
  readonly #lucia: Record<'usual' | 'exact', Lucia>;

  constructor(parts: Parts, findCaller: FindCaller) {
    this.#parts = parts;
    this.#findCaller = findCaller;
    const lucia = (exact: boolean) =>
      createLucia(
        { ...parts, findCaller, exact },
        // It only validates: what a cookie looks like is known to `SessionCookies`.
        { name: 'session', isSecure: true, idleSeconds: this.#idleSeconds },
      );
    this.#lucia = { usual: lucia(false), exact: lucia(true) };
  }

  async findByCookie(secret: string, { exact }: Exactness): Promise<FoundCaller | undefined> {
    const { user } = await this.#lucia[exact ? 'exact' : 'usual'].validateSession(secret);
    return user ? this.#used(user.caller) : undefined;
  }

  /** By the public id of a session by tokens. */
  async findByToken(id: string, { exact }: Exactness): Promise<FoundCaller | undefined> {
    const found = await this.#findCaller({ id }, { exact });
    const isGood =
      found?.session.kind === 'tokens' && isLive(found.session, this.#parts.clock.now());
    return isGood ? this.#used(found) : undefined;
  }

  // Lucia alone would extend a session only in the second half of its idle time.
  async #used({ session, actor }: FoundCaller): Promise<FoundCaller> {
    const { db, clock } = this.#parts;
    return { session: await noteUse(db, clock, session, this.#idleSeconds), actor };
  }

  get #idleSeconds(): number {
    return this.#parts.config.sessions.cookie.idleSeconds;
  }
}
