/** Of the server, and of poolers, which have codes of their own. */
const refusal = /password authentication failed|SASL authentication failed|not permitted to log in/;
const codes = ['28P01', '28000'];
/** How often it is looked at most. */
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
  #looking: Promise<void> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** How many have begun. */
  #looks = 0;

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

  /** Connects; again with whatever else there is where the login was refused. */
  async open<Connection>(connect: () => Promise<Connection>): Promise<Connection> {
    const refused = new Set<string>();
    let looks: number | undefined;
    for (;;) {
      const tried = this.#url;
      try {
        return await connect();
      } catch (error) {
        if (!isRefused(error)) throw error;
        refused.add(tried);
        looks ??= this.#looks;
        if (!(await this.#hasOther(refused, looks))) throw error;
      }
    }
  }

  /** What is new, what was before, and at last what a look brings that has begun since. */
  async #hasOther(refused: ReadonlySet<string>, looks: number): Promise<boolean> {
    const isOther = () => !refused.has(this.#url);
    if (isOther()) return true;
    const before = this.#before;
    if (before !== undefined && !refused.has(before)) {
      [this.#url, this.#before] = [before, this.#url];
      return true;
    }
    // One that began before we were refused may have been too early: then another one.
    do await this.#news();
    while (this.#look && this.#looks === looks && !isOther());
    return isOther();
  }

  /** One look at a time and a second, however many are refused: they wait for the same one. */
  #news(): Promise<void> {
    this.#looking ??= this.#lookInTime().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookInTime(): Promise<void> {
    if (!this.#look) return;
    const waitMs = this.#lookedAt + newsMs - performance.now();
    if (waitMs > 0) await passed(waitMs);
    this.#lookedAt = performance.now();
    this.#looks += 1;
    await this.#look();
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function isRefused(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return codes.includes(code) || refusal.test(message);
}

function placeOf(url: string): string {
  return Object.assign(new URL(url), { username: '', password: '' }).href;
}
