import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';
import { inOneTransaction, type UnitOfWork, unlessOvertaken } from './transaction.ts';

/**
 * A transaction that its work does not end: whoever made this one commits it, with what belongs to it
 * and is known only later, or rolls it back. One call has one such transaction, or none.
 */
export class HeldTransaction {
  readonly #begin: (unit: UnitOfWork) => Promise<void>;
  #isBegun = false;
  #open: Open | undefined;

  /** @param begin what happens in it first of all. */
  constructor(begin: (unit: UnitOfWork) => Promise<void>) {
    this.#begin = begin;
  }

  /** @throws whatever the work throws, when all of it is undone. */
  async run<Result>(
    db: Knex,
    clock: Clock,
    work: (unit: UnitOfWork) => Promise<Result>,
  ): Promise<Result> {
    // Two that are committed together would no longer be what the service says: two changes.
    if (this.#isBegun) throw new Error('Only an operation of one change takes an Idempotency-Key');
    this.#isBegun = true;
    return unlessOvertaken(async () => {
      this.#open = await open(db, clock);
      try {
        await this.#begin(this.#open.unit);
        return await work(this.#open.unit);
      } catch (error) {
        throw await this.rollBack(error);
      }
    });
  }

  /** With what `last` writes. Where nothing was changed, there is nothing to commit. */
  async commit(last: (unit: UnitOfWork) => Promise<void>): Promise<void> {
    if (!this.#open) return;
    await last(this.#open.unit);
    const { commit } = this.#open;
    this.#open = undefined;
    await commit();
  }

  /**
   * Answers why it has ended. That may be another reason: knex begins the work although the
   * connection broke at BEGIN, and then the work fails for that.
   */
  async rollBack(reason: unknown): Promise<unknown> {
    const ended = await this.#open?.rollBack(reason);
    this.#open = undefined;
    return ended ?? reason;
  }
}

interface Open {
  readonly unit: UnitOfWork;
  readonly commit: () => Promise<void>;
  readonly rollBack: (reason: unknown) => Promise<unknown>;
}

async function open(db: Knex, clock: Clock): Promise<Open> {
  const begun = Promise.withResolvers<UnitOfWork>();
  const decided = Promise.withResolvers<void>();
  const ended = inOneTransaction(db, clock, (unit) => {
    begun.resolve(unit);
    return decided.promise;
  });
  ended.catch(begun.reject);
  return {
    unit: await begun.promise,
    commit: () => {
      decided.resolve();
      return ended;
    },
    rollBack: (reason) => {
      decided.reject(reason);
      return ended.catch((error: unknown) => error);
    },
  };
}
