/** Of the server, and of poolers, which have codes of their own. */
const refusal = /password authentication failed|SASL authentication failed|not permitted to log in/;
const codes = ['28P01', '28000'];
/** Somebody waits for a connection meanwhile. */
const newsMs = 1_000;

/**
 * By which URL new connections log in: that of now, and the one before it. While a password is
 * exchanged only one of them opens, and nobody can change it here and at the server in one instant:
 * whichever side is first, no connection fails.
 */
export class Logins {
  #url: string;
  #before: string | undefined;
  #look: (() => Promise<void>) | undefined;
  #asking: Promise<unknown> = Promise.resolve();
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(url: string) {
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  /** @throws where it names another server or database: that takes a restart. */
  use(next: string): void {
    if (placeOf(this.#url) !== placeOf(next)) {
      throw new Error('it names another server or database: restart the service for that');
    }
    if (next === this.#url) return;
    this.#before = this.#url;
    this.#url = next;
  }

  /** `look` is asked whether there is another one where the one of now is refused. */
  onRefused(look: () => Promise<void>): void {
    this.#look = look;
  }

  /** Connects; once more where the login was refused and another one may open. */
  async open<Connection>(connect: () => Promise<Connection>): Promise<Connection> {
    const tried = this.#url;
    try {
      return await connect();
    } catch (error) {
      if (!isRefused(error) || !(await this.#hasOther(tried))) throw error;
      return connect();
    }
  }

  async #hasOther(tried: string): Promise<boolean> {
    if (this.#url === tried) await this.#news();
    // By a look, or by somebody else who was refused.
    if (this.#url !== tried) return true;
    if (this.#before === undefined) return false;
    [this.#url, this.#before] = [this.#before, tried];
    return true;
  }

  /** One look a second, however many are refused, and for no longer than that. */
  #news(): Promise<unknown> {
    const now = performance.now();
    if (this.#look && now - this.#askedAt > newsMs) {
      this.#askedAt = now;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, newsMs);
      this.#asking = Promise.race([this.#look(), promise]).finally(() => clearTimeout(timer));
    }
    return this.#asking;
  }
}

function isRefused(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return codes.includes(code) || refusal.test(message);
}

function placeOf(url: string): string {
  return Object.assign(new URL(url), { username: '', password: '' }).href;
}
