import type { PasswordsConfig } from '../../config/passwords.ts';
import type { Transaction } from '../../platform/change.ts';
import { HashQueue } from './hash-queue.ts';
import { PasswordHashes } from './hashes.ts';
import { PasswordHolder } from './model.ts';
import { assertGoodPassword, type NamedAccount } from './rules.ts';

/** The home of passwords: judges, hashes, verifies and changes them. */
export class Passwords {
  readonly #config: PasswordsConfig;
  readonly #hashes: PasswordHashes;

  constructor(config: PasswordsConfig) {
    this.#config = config;
    const { memoryKib, hashWaitMs } = config;
    this.#hashes = new PasswordHashes({
      memoryKib,
      queue: new HashQueue({ maxWaitMs: hashWaitMs }),
    });
  }

  /**
   * The hash of a new password, outside of any transaction: hashing takes long.
   * @throws a problem `validation_failed` for a password that is not good enough, naming the field.
   */
  async prepare(password: string, account: NamedAccount, field = 'password'): Promise<string> {
    await assertGoodPassword(password, account, this.#config, field);
    return this.#hashes.hash(password);
  }

  /** Whether it is right. Without a hash it takes as long, and is not. */
  verify(hash: string | null | undefined, password: string): Promise<boolean> {
    return this.#hashes.verify(hash, password);
  }

  /** A hash after today's parameters, where the old one was made with others. */
  async renewed(hash: string, password: string): Promise<string | undefined> {
    return this.#hashes.isOutdated(hash) ? this.#hashes.hash(password) : undefined;
  }

  /** As it is stored now; null for an account without a password. */
  async hashOf(tx: Transaction, userId: string): Promise<string | null> {
    return (await PasswordHolder.query(tx).findById(userId))?.passwordHash ?? null;
  }

  /** Whoever calls has locked the account, or knows that nobody else can have. */
  async set(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
    await PasswordHolder.query(tx).findById(userId).change({ passwordHash }, tx.now);
    await tx.publish({ name: 'account.password_changed', data: { userId } });
  }

  /** The account has none from now on. */
  async remove(tx: Transaction, userId: string): Promise<void> {
    await PasswordHolder.query(tx).findById(userId).change({ passwordHash: null }, tx.now);
  }

  /** The same password in a hash of today: nobody has changed the account. */
  async setRenewed(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
    await PasswordHolder.query(tx).findById(userId).patch({ passwordHash });
  }
}
