import type { Knex } from 'knex';

/**
 * A transaction in which something changes: a type of its own, so that a plain connection does not
 * compile where one is needed. All of it happens or nothing.
 */
export type UnitOfWork = Knex.Transaction & {
  /** The instant of the change, the same for everything in it. */
  readonly now: Date;
  /** Leaves a step for when it is certain; dropped when the transaction rolls back. */
  afterCommit(step: () => void): void;
};

/** What was left with `afterCommit` runs once it is certain, before the caller goes on. */
export async function inTransaction<Result>(
  db: Knex,
  now: Date,
  work: (unit: UnitOfWork) => Promise<Result>,
): Promise<Result> {
  const afterwards: (() => void)[] = [];
  const afterCommit = (step: () => void) => void afterwards.push(step);
  const result = await db.transaction((trx) => work(Object.assign(trx, { now, afterCommit })));
  for (const step of afterwards) step();
  return result;
}
