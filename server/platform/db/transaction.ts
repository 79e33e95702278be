import type { Knex } from 'knex';

const pending = new WeakMap<Knex, (() => void)[]>();

/**
 * A unit of work: all of it happens or nothing. What was left with `afterCommit` runs once it is
 * certain, before the caller goes on.
 */
export async function inTransaction<Result>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  const afterwards: (() => void)[] = [];
  const result = await db.transaction(async (trx) => {
    pending.set(trx, afterwards);
    return work(trx);
  });
  for (const step of afterwards) step();
  return result;
}

/** Leaves a step for when the transaction has committed; it is dropped when it rolls back. */
export function afterCommit(trx: Knex, step: () => void): void {
  const steps = pending.get(trx);
  if (!steps) throw new Error('afterCommit needs a transaction that inTransaction began');
  steps.push(step);
}
