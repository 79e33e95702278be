import type { JWK } from 'jose';
import type { Clock } from '../../platform/clock.ts';
import type { SigningKey } from './model.ts';

/** The keys in memory, by id. An unknown id never causes a fetch: it is refused. */
export class KeyRing {
  readonly #read: () => Promise<SigningKey[]>;
  readonly #clock: Clock;
  #keys: readonly SigningKey[] = [];
  #reading: Promise<void> = Promise.resolve();
  #isBehind = false;
  readonly #revoked = new Set<string>();

  /** Empty until it is loaded. */
  constructor(read: () => Promise<SigningKey[]>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /**
   * Reads the keys again, after a rotation somewhere: in turn, so that the last answer stays. What
   * could not be read is read at the next use, for the announcement comes only once.
   */
  reload(): Promise<void> {
    this.#isBehind = false;
    const reading = this.#reading.then(async () => {
      this.#keys = await this.#read();
    });
    this.#reading = reading.catch(() => {
      this.#isBehind = true;
    });
    return reading;
  }

  /** Refuses what the key has signed from now on, before the keys are read again. */
  revoke(kid: string): void {
    this.#revoked.add(kid);
  }

  find(kid: string): SigningKey | undefined {
    return this.verifying().find((key) => key.kid === kid);
  }

  /** When what was announced is read: the key that signs may have ended a moment ago. */
  settled(): Promise<void> {
    return this.#reading;
  }

  /**
   * The newest key whose time to sign has come; where a clock that was set back says that of none, the
   * oldest.
   */
  getSigning(): SigningKey {
    const now = this.#clock.now();
    const keys = this.verifying();
    const key = keys.findLast(({ signsFrom }) => signsFrom <= now) ?? keys[0];
    if (!key) throw new Error('There is no signing key; run `npm run charter -- keys create`');
    return key;
  }

  /** Every key that verifies, those that do not sign yet included: others learn them early. */
  publicKeys(): JWK[] {
    return this.verifying().map(({ publicJwk }) => publicJwk);
  }

  /** The keys whose tokens are good: those that are not retired, by now. */
  verifying(): readonly SigningKey[] {
    if (this.#isBehind) void this.reload().catch(() => {});
    const now = this.#clock.now();
    return this.#keys.filter(
      ({ kid, retiredAt }) => (retiredAt === null || retiredAt > now) && !this.#revoked.has(kid),
    );
  }
}
