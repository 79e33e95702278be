import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';

/**
 * A transaction in which something changes: a type of its own, so that a plain connection does not
 * compile where one is needed. All of it happens or nothing.
 */
export type UnitOfWork = Knex.Transaction & {
  /**
   * The instant of the change, the same for everything in it. Read when it is first asked for,
   * behind the locks that come before: changes that take turns have instants in their order.
   */
  readonly now: Date;
  /** Leaves a step for when it is certain; dropped when the transaction rolls back. */
  afterCommit(step: () => void): void;
};

/** What was left with `afterCommit` runs once it is certain, before the caller goes on. */
export async function inTransaction<Result>(
  db: Knex,
  clock: Clock,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  const afterwards: (() => void)[] = [];
  const result = await db.transaction((trx) => work(unitOf(trx, clock, afterwards)));
  for (const step of afterwards) step();
  return result;
}

function unitOf(trx: Knex.Transaction, clock: Clock, afterwards: (() => void)[]): UnitOfWork {
  let instant: Date | undefined;
  const now = () => {
    instant ??= clock.now();
    return instant;
  };
  const afterCommit = (step: () => void) => void afterwards.push(step);
  return Object.defineProperties(trx, {
    now: { get: now },
    afterCommit: { value: afterCommit },
  }) as UnitOfWork;
}
