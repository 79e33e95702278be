import { generateRandomString } from 'oslo/crypto';
import { Argon2id } from 'oslo/password';
import { HashQueue } from './hash-queue.ts';

// OWASP password storage: 19 MiB, two passes, one lane. Verifying reads its parameters from the
// hash, so that raising them here leaves old hashes valid until the next sign-in rewrites them.
const parameters = { memorySize: 19_456, iterations: 2, parallelism: 1 };
const current = `$m=${parameters.memorySize},t=${parameters.iterations},p=${parameters.parallelism}$`;

/** Argon2id by oslo: behind this file, so that replacing it touches nothing else. */
export class Passwords {
  readonly #argon = new Argon2id(parameters);
  readonly #queue: HashQueue;
  readonly #dummyHash: Promise<string>;

  constructor(queue = new HashQueue()) {
    this.#queue = queue;
    this.#dummyHash = this.#argon.hash(generateRandomString(32, alphabet));
  }

  hash(password: string): Promise<string> {
    return this.#queue.run(() => this.#argon.hash(password));
  }

  /**
   * Whether the password is right. Without a hash a dummy one is verified, so that an unknown
   * account takes as long as a known one; the answer is then always false.
   */
  async verify(hash: string | null | undefined, password: string): Promise<boolean> {
    const against = hash ?? (await this.#dummyHash);
    const isRight = await this.#queue.run(() => this.#argon.verify(against, password));
    return isRight && hash !== null && hash !== undefined;
  }

  /** Whether the hash was made with older parameters and should be written again. */
  isOutdated(hash: string): boolean {
    return !hash.includes(current);
  }
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
