import type { JWK } from 'jose';
import type { Clock } from '../clock.ts';
import type { SigningKey } from './signing-keys.ts';

/** The keys in memory, by id. An unknown id never causes a fetch: it is refused. */
export class KeyRing {
  readonly #read: () => Promise<SigningKey[]>;
  readonly #clock: Clock;
  #keys: readonly SigningKey[] = [];

  private constructor(read: () => Promise<SigningKey[]>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  static async load(read: () => Promise<SigningKey[]>, clock: Clock): Promise<KeyRing> {
    const ring = new KeyRing(read, clock);
    await ring.reload();
    return ring;
  }

  /** Reads the keys again, after a rotation somewhere. */
  async reload(): Promise<void> {
    this.#keys = await this.#read();
  }

  find(kid: string): SigningKey | undefined {
    return this.#current().find((key) => key.kid === kid);
  }

  /** The newest key whose time to sign has come. */
  getSigning(): SigningKey {
    const now = this.#clock.now();
    const key = this.#current().findLast(({ signsFrom }) => signsFrom <= now);
    if (!key) throw new Error('There is no signing key; run `npm run charter -- seed`');
    return key;
  }

  /** Every key that verifies, those that do not sign yet included: others learn them early. */
  publicKeys(): JWK[] {
    return this.#current().map(({ publicJwk }) => publicJwk);
  }

  #current(): SigningKey[] {
    const now = this.#clock.now();
    return this.#keys.filter(({ retiredAt }) => retiredAt === null || retiredAt > now);
  }
}
