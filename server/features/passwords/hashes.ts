import { generateRandomString } from 'oslo/crypto';
import { Argon2id } from 'oslo/password';
import { HashQueue } from './hash-queue.ts';

// OWASP password storage; the memory is a setting.
const iterations = 2;
const parallelism = 1;

export interface HashOptions {
  readonly memoryKib: number;
  readonly queue?: HashQueue;
}

/** Argon2id by oslo: behind this file, so that replacing it touches nothing else. */
export class PasswordHashes {
  readonly #argon: Argon2id;
  readonly #parameters: string;
  readonly #queue: HashQueue;
  readonly #dummyHash: Promise<string>;

  /**
   * Verifying reads its parameters from the hash: raising the memory leaves old hashes valid until
   * the next sign-in rewrites them.
   */
  constructor({ memoryKib, queue = new HashQueue() }: HashOptions) {
    this.#argon = new Argon2id({ memorySize: memoryKib, iterations, parallelism });
    this.#parameters = `$m=${memoryKib},t=${iterations},p=${parallelism}$`;
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

  /** Whether the hash was made with other parameters and should be written again. */
  isOutdated(hash: string): boolean {
    return !hash.includes(this.#parameters);
  }
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
